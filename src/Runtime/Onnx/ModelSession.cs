using Microsoft.ML.OnnxRuntime;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// A session that, for a few calls, uses the weights as they lie in their files, and packed ones for more. Packing takes most
/// of the time of opening, but a product with other weights packs them anew in every call. A message of a hundred bytes is
/// coded before packing would pay (docs/onnxruntime.md).
/// </summary>
internal sealed class ModelSession : IDisposable
{
    /// <summary>Calls that take as long as packing saves: reading 300 bytes is about 75.</summary>
    private const int MostCalls = 64;

    /// <summary>
    /// Work after which packing begins. A call is work of 1, and of one more for each <see cref="RowsPerCall"/> rows.
    /// </summary>
    private const int Patience = 96;

    /// <summary>Rows that take as long as the rest of a call.</summary>
    private const int RowsPerCall = 16;

    private readonly Func<bool, InferenceSession> _open;
    private readonly Lock _lock = new();
    private InferenceSession? _first;
    private InferenceSession? _packed;
    private Task<InferenceSession>? _packing;
    private int _work;

    /// <summary>Calls that run in the first session.</summary>
    private int _firstCalls;

    /// <summary>Opens a session.</summary>
    /// <param name="open">Opens a session whose weights are packed, or not.</param>
    /// <param name="calls">About how many calls will be made; if there are more, weights are packed then.</param>
    public ModelSession(Func<bool, InferenceSession> open, int calls)
    {
        _open = open;
        if (calls > MostCalls)
        {
            _packed = open(true);
        }
        else
        {
            _first = open(false);
        }
    }

    /// <summary>Whether calls run with packed weights.</summary>
    public bool IsPacked
    {
        get
        {
            lock (_lock)
            {
                return _packed is not null;
            }
        }
    }

    /// <summary>The session for a call, until <see cref="Leave"/>. Any number of calls may run at once.</summary>
    /// <param name="rows">Rows of the call.</param>
    public InferenceSession Enter(int rows)
    {
        lock (_lock)
        {
            if (_packed is null && _packing is { IsCompletedSuccessfully: true })
            {
                _packed = _packing.Result;
                CloseFirst();
            }

            if (_packed is not null)
            {
                return _packed;
            }

            _work += 1 + (rows / RowsPerCall);
            if (_work > Patience)
            {
                // If it fails, the first session serves forever.
                _packing ??= Task.Run(() => _open(true));
            }

            _firstCalls++;
            return _first!;
        }
    }

    /// <summary>Ends a call.</summary>
    /// <param name="session">What <see cref="Enter"/> returned.</param>
    public void Leave(InferenceSession session)
    {
        lock (_lock)
        {
            if (ReferenceEquals(session, _first))
            {
                _firstCalls--;
                CloseFirst();
            }
        }
    }

    /// <summary>Waits for packing, if it has begun, and closes both sessions, which no call may use.</summary>
    public void Dispose()
    {
        if (_packing is not null)
        {
            Task.WhenAny(_packing).Wait();
            _packed = _packing.IsCompletedSuccessfully ? _packing.Result : null;
        }

        _first?.Dispose();
        _packed?.Dispose();
    }

    /// <summary>Closes the first session once there is another and no call uses it.</summary>
    private void CloseFirst()
    {
        if (_packed is not null && _firstCalls == 0)
        {
            _first?.Dispose();
            _first = null;
        }
    }
}
