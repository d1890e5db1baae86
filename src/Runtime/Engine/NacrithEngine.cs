using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Text;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>
/// Compute engine: a model folder, its tokenizer, and the model, loaded with one plan. Tokenizer and model are loaded
/// when text first needs them. Frames of any number of archives take turns.
/// </summary>
internal sealed class NacrithEngine : IDisposable
{
    private readonly ModelFolder _folder;
    private readonly int _threads;
    private readonly ModelDevices _devices;
    private readonly SemaphoreSlim _turns = new(1);
    private LoadedModel? _loaded;
    private TextCoder? _coder;
    private TextCodecKey? _coderKey;
    private Tokenizer? _tokenizer;
    private bool _disposed;

    /// <summary>Prepares to compute with a model folder; reads nothing yet.</summary>
    /// <param name="modelFolder">The folder.</param>
    /// <param name="threads">Number of compute threads.</param>
    /// <param name="devices">The GPUs to use, if any.</param>
    public NacrithEngine(string modelFolder, int threads, ModelDevices? devices = null)
    {
        _devices = devices ?? ModelDevices.Cpu;
        _folder = new ModelFolder(modelFolder);
        _threads = threads;
    }

    /// <summary>See <see cref="CodecSettings.TriesCoders"/>.</summary>
    public bool TriesCoders { get; init; } = true;

    /// <summary>What computes, for people.</summary>
    public string DeviceDescription => _devices.Description;

    /// <summary>Longest context of the model.</summary>
    public int Positions => _folder.Manifest.Shape.Positions;

    /// <summary>Name of the model.</summary>
    public string ModelName => _folder.Manifest.Name;

    /// <summary>The identity of the model with a plan.</summary>
    public Sha256Digest Identity(ArithmeticPlan plan) => _folder.Manifest.Identity(plan);

    /// <summary>Checks that the model is the one that an archive names.</summary>
    /// <exception cref="ModelMismatchException">The archive was made with another model.</exception>
    public void Require(HashPrefix model, ArithmeticPlan plan)
    {
        if (!_folder.Manifest.Graphs.ContainsKey(plan.Name) || HashPrefix.Of(Identity(plan)) != model)
        {
            throw new ModelMismatchException(
                $"The archive was made with model {model}, which is not in the model folder. Point --model or "
                + "NACRITH_MODEL to the folder that has it.");
        }
    }

    /// <summary>Waits for a turn.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Turn Enter(CancellationToken cancel)
    {
        _turns.Wait(cancel);
        return Entered();
    }

    /// <inheritdoc cref="Enter"/>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel).ConfigureAwait(false);
        return Entered();
    }

    /// <summary>Waits for the current turn to end, then releases the model. Later turns are refused.</summary>
    public void Dispose()
    {
        _turns.Wait();
        Release();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await _turns.WaitAsync().ConfigureAwait(false);
        Release();
    }

    /// <summary>See <see cref="Turn.TextCodec"/>.</summary>
    internal TextSectionCodec TextCodec(TextCodecKey key)
    {
        key = key with { Window = key.Window.Within(Positions) };
        var coder = Coder(key);
        return new TextSectionCodec(_tokenizer!, coder, key.Window);
    }

    /// <summary>See <see cref="Turn.Prepare"/>.</summary>
    internal PreparedDictionary Prepare(NacrithDictionary dictionary, TextCodecKey key, Action<int, int> progress) =>
        dictionary.Prepared(
            (Identity(key.Plan), key), () => TextCodec(key).Prepare(dictionary.Text.Span, progress));

    /// <summary>See <see cref="Turn.Dispose"/>.</summary>
    internal void Leave() => _turns.Release();

    /// <summary>The coder used last, or a new one, for which model and tokenizer are loaded.</summary>
    private TextCoder Coder(TextCodecKey key)
    {
        if (_coder is not null && key == _coderKey)
        {
            return _coder;
        }

        _coder?.Dispose();
        _coder = null;
        if (_loaded?.Plan != key.Plan)
        {
            _loaded?.Dispose();
            _loaded = null;
            _loaded = LoadedModel.Open(_folder, key.Plan, _threads, _devices);
        }

        _tokenizer ??= _folder.Tokenizer();
        _coderKey = key;
        return _coder = new TextCoder(_loaded.Model, key.Window, key.Predictor);
    }

    private Turn Entered()
    {
        if (!_disposed)
        {
            return new Turn(this);
        }

        Leave();
        throw new ObjectDisposedException(nameof(NacrithEngine));
    }

    private void Release()
    {
        _coder?.Dispose();
        _coder = null;
        _loaded?.Dispose();
        _loaded = null;
        _disposed = true;
        Leave();
    }
}
