using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>
/// What one frame at a time is coded with: a text coder, whose predictor and cache stay for the next frame, on the shared
/// weights of a loaded model.
/// </summary>
internal sealed class Seat(LoadedModels models) : IDisposable
{
    private LoadedModel? _loaded;
    private ILanguageModel? _model;
    private TextCoder? _coder;
    private TextCodecKey? _key;

    /// <summary>Identifies the memory of the caches that the seat's model can copy: that of all CPUs, or of its GPU.</summary>
    public object CacheMemory => _model is LentModel gpu ? gpu.Model : typeof(ILanguageModel);

    /// <summary>The coder used last, or a new one, for which the model is loaded.</summary>
    /// <param name="key">How text is coded.</param>
    /// <param name="threads">Threads of the model.</param>
    /// <param name="calls">See <see cref="LoadedModel.Open"/>.</param>
    public TextCoder Coder(TextCodecKey key, int threads, int calls)
    {
        var isLoaded = _loaded is not null && _loaded.Plan == key.Plan && _loaded.Threads == threads;
        if (_coder is not null && isLoaded && key == _key)
        {
            return _coder;
        }

        _coder?.Dispose();
        _coder = null;
        if (!isLoaded)
        {
            Dispose();
            _loaded = models.Rent(key.Plan, threads, calls);
            _model = _loaded.Lend();
        }

        _key = key;
        return _coder = new TextCoder(_model!, key.Window, key.Predictor);
    }

    /// <summary>Releases everything; the seat can be used again.</summary>
    public void Dispose()
    {
        _coder?.Dispose();
        _model?.Dispose();
        if (_loaded is not null)
        {
            models.Return(_loaded);
        }

        (_coder, _model, _loaded) = (null, null, null);
    }
}
