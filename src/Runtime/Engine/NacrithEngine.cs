using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Text;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>
/// Compute engine: a model folder, its tokenizer, and the model with each plan in use. Tokenizer and model are loaded when
/// text first needs them. A frame is coded alone with all threads, or together with others, each on a seat of its own.
/// </summary>
internal sealed class NacrithEngine : IDisposable
{
    private readonly ModelFolder _folder;
    private readonly int _threads;
    private readonly ModelDevices _devices;
    private readonly LoadedModels _models;
    private readonly TurnGate _gate;
    private readonly Stack<Seat> _seats = [];
    private readonly Lock _lock = new();
    private Tokenizer? _tokenizer;
    private bool _disposed;

    /// <summary>Prepares to compute with a model folder; reads nothing yet.</summary>
    /// <param name="modelFolder">The folder.</param>
    /// <param name="threads">Number of compute threads.</param>
    /// <param name="devices">The GPUs to use, if any.</param>
    /// <param name="workers">Frames of an archive to code at the same time; 0 for as many as <see cref="WorkerRule"/> says.</param>
    public NacrithEngine(string modelFolder, int threads, ModelDevices? devices = null, int workers = 1)
    {
        _devices = devices ?? ModelDevices.Cpu;
        _folder = new ModelFolder(modelFolder);
        _models = new LoadedModels(_folder, _devices);
        _threads = threads;
        MaxWorkers = workers > 0 ? workers : WorkerRule.Most(threads, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

        // Several GPUs were named, and each serves one caller. With one, every frame is coded alone.
        var seats = _devices.MostGpus > 1 ? _devices.MostGpus : MaxWorkers;
        _gate = new TurnGate(seats);
        for (var i = 0; i < seats; i++)
        {
            _seats.Push(new Seat(_models));
        }
    }

    /// <summary>The most frames of an archive that are coded at the same time.</summary>
    public int MaxWorkers { get; }

    /// <summary>See <see cref="CodecSettings.TriesCoders"/>.</summary>
    public bool TriesCoders { get; init; } = true;

    /// <summary>What computes, for people.</summary>
    public string DeviceDescription => _devices.Description;

    /// <summary>Longest context of the model.</summary>
    public int Positions => _folder.Manifest.Shape.Positions;

    /// <summary>What coding takes.</summary>
    /// <exception cref="EnvironmentException">There is no model.</exception>
    public MemoryRule Memory => new(_folder.Manifest.Shape, _folder.Manifest.Weights.Sum(name => _folder.File(name).Length));

    /// <summary>Name of the model.</summary>
    public string ModelName => _folder.Manifest.Name;

    /// <summary>Whether the model has a graph for a plan.</summary>
    public bool Has(ArithmeticPlan plan) => _folder.Manifest.Graphs.ContainsKey(plan.Name);

    /// <summary>The identity of the model with a plan.</summary>
    public Sha256Digest Identity(ArithmeticPlan plan) => _folder.Manifest.Identity(plan);

    /// <summary>Checks that the model is the one that an archive names.</summary>
    /// <exception cref="ModelMismatchException">The archive was made with another model.</exception>
    public void Require(HashPrefix model, ArithmeticPlan plan)
    {
        if (!Has(plan) || HashPrefix.Of(Identity(plan)) != model)
        {
            throw new ModelMismatchException(
                $"The archive was made with model {model}, which is not in the model folder. Point --model or "
                + "NACRITH_MODEL to the folder that has it.");
        }
    }

    /// <summary>How many frames of an archive to code at the same time. A GPU codes one.</summary>
    /// <param name="frames">How many it has; many if that is not known.</param>
    public int Sharing(long frames)
    {
        if (frames == 1)
        {
            return 1;
        }

        var gpus = _devices.GpuCount;
        return (int)Math.Min(frames, gpus > 0 ? gpus : MaxWorkers);
    }

    /// <summary>Waits for a turn.</summary>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="sharing">How many frames the caller codes at the same time; 1 to be alone.</param>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Turn Enter(CancellationToken cancel, int sharing = 1)
    {
        _gate.Enter(sharing == 1, cancel);
        return Entered(sharing);
    }

    /// <inheritdoc cref="Enter"/>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancel, int sharing = 1)
    {
        await _gate.EnterAsync(sharing == 1, cancel).ConfigureAwait(false);
        return Entered(sharing);
    }

    /// <summary>Waits for the current turns to end, then releases the model. Later turns are refused.</summary>
    public void Dispose()
    {
        _gate.Enter(alone: true, CancellationToken.None);
        Release();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await _gate.EnterAsync(alone: true, CancellationToken.None).ConfigureAwait(false);
        Release();
    }

    /// <summary>See <see cref="Turn.TextCodec"/>.</summary>
    internal TextSectionCodec TextCodec(TextCodecKey key, int calls, Seat seat, int threads)
    {
        key = key with { Window = key.Window.Within(Positions) };
        var coder = seat.Coder(key, threads, calls);
        lock (_lock)
        {
            _tokenizer ??= _folder.Tokenizer();
        }

        return new TextSectionCodec(_tokenizer, coder, key.Window);
    }

    /// <summary>See <see cref="Turn.Prepare"/>.</summary>
    internal PreparedDictionary Prepare(
        NacrithDictionary dictionary, TextCodecKey key, TextSectionCodec codec, Action<int, int> progress, Seat seat) =>
        dictionary.Prepared(
            (Identity(key.Plan), key, seat.CacheMemory), () => codec.Prepare(dictionary.Text.Span, progress));

    /// <summary>See <see cref="Turn.Dispose"/>.</summary>
    internal void Leave(Seat seat, bool isAlone)
    {
        lock (_lock)
        {
            _seats.Push(seat);
        }

        _gate.Leave(isAlone);
    }

    private Turn Entered(int sharing)
    {
        var isAlone = sharing == 1;
        lock (_lock)
        {
            if (!_disposed)
            {
                var seat = _seats.Pop();
                if (isAlone)
                {
                    // A frame alone may follow many at once, whose memory it does not need.
                    ReleaseSeats();
                }

                // A caller computes itself, besides the threads of the model that all callers share.
                return new Turn(this, seat, Math.Max(_threads - Math.Min(sharing, MaxWorkers) + 1, 1), isAlone);
            }
        }

        _gate.Leave(isAlone);
        throw new ObjectDisposedException(nameof(NacrithEngine));
    }

    private void Release()
    {
        lock (_lock)
        {
            ReleaseSeats();
            _models.Dispose();
            _disposed = true;
        }

        _gate.Leave(alone: true);
    }

    private void ReleaseSeats()
    {
        foreach (var seat in _seats)
        {
            seat.Dispose();
        }
    }
}
