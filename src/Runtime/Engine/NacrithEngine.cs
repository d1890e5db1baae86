using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>
/// What computes: a model folder, its tokenizer, and the model loaded under one plan. Both are loaded when the first text
/// needs them. Frames of any number of archives take turns.
/// </summary>
internal sealed class NacrithEngine : IDisposable
{
    private readonly ModelFolder _folder;
    private readonly int _threads;
    private readonly SemaphoreSlim _turns = new(1);
    private LoadedModel? _loaded;
    private Tokenizer? _tokenizer;
    private bool _disposed;

    /// <summary>Prepares to compute with a model folder; reads nothing yet.</summary>
    /// <param name="modelFolder">The folder.</param>
    /// <param name="threads">Threads to compute with.</param>
    public NacrithEngine(string modelFolder, int threads)
    {
        _folder = new ModelFolder(modelFolder);
        _threads = threads;
    }

    /// <summary>See <see cref="CodecSettings.TriesCoders"/>.</summary>
    public bool TriesCoders { get; init; } = true;

    /// <summary>Longest context of the model.</summary>
    public int Positions => _folder.Manifest.Shape.Positions;

    /// <summary>How archives name the model and a plan.</summary>
    public CodecIdentity Identity(ArithmeticPlan plan)
    {
        var manifest = _folder.Manifest;
        return new CodecIdentity(manifest.Identity(plan), manifest.Hashes[manifest.Tokenizer], plan.ArithmeticId);
    }

    /// <summary>The plan that an archive names.</summary>
    /// <exception cref="ModelMismatchException">The archive was made with another model.</exception>
    public ArithmeticPlan PlanOf(CodecIdentity identity)
    {
        foreach (var plan in _folder.Manifest.Plans)
        {
            if (identity == Identity(plan))
            {
                return plan;
            }
        }

        throw new ModelMismatchException(
            $"The archive was made with model {identity.Model} and arithmetic {identity.ArithmeticId}, which is not in "
            + "the model folder. Point --model or NACRITH_MODEL to the folder that has it.");
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
    internal TextSectionCodec TextCodec(ArithmeticPlan plan, WindowSettings window, PredictorSettings predictor)
    {
        if (_loaded?.Plan != plan)
        {
            _loaded?.Dispose();
            _loaded = null;
            _loaded = LoadedModel.Open(_folder, plan, _threads);
        }

        _tokenizer ??= _folder.Tokenizer();
        return new TextSectionCodec(_tokenizer, new TextCoder(_loaded.Model, window, predictor), window);
    }

    /// <summary>See <see cref="Turn.Dispose"/>.</summary>
    internal void Leave() => _turns.Release();

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
        _loaded?.Dispose();
        _loaded = null;
        _disposed = true;
        Leave();
    }
}
