using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>
/// Lets in one caller alone, or several that share, in the order in which they came: none overtakes one who waits to be
/// alone. A caller must not enter twice.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Late callers still enter, to be told that the engine is gone.")]
internal sealed class TurnGate(int seats)
{
    /// <summary>Held while entering.</summary>
    private readonly SemaphoreSlim _door = new(1);
    private readonly SemaphoreSlim _free = new(seats);

    /// <summary>Enters.</summary>
    /// <param name="alone">Whether nobody else may be in at the same time.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public void Enter(bool alone, CancellationToken cancel)
    {
        _door.Wait(cancel);
        var taken = 0;
        try
        {
            for (; taken < Seats(alone); taken++)
            {
                _free.Wait(cancel);
            }
        }
        catch
        {
            Free(taken);
            throw;
        }
        finally
        {
            _door.Release();
        }
    }

    /// <inheritdoc cref="Enter"/>
    public async ValueTask EnterAsync(bool alone, CancellationToken cancel)
    {
        await _door.WaitAsync(cancel).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < Seats(alone); taken++)
            {
                await _free.WaitAsync(cancel).ConfigureAwait(false);
            }
        }
        catch
        {
            Free(taken);
            throw;
        }
        finally
        {
            _door.Release();
        }
    }

    /// <summary>Leaves.</summary>
    /// <param name="alone">As given to <see cref="Enter"/>.</param>
    public void Leave(bool alone) => Free(Seats(alone));

    private int Seats(bool alone) => alone ? seats : 1;

    private void Free(int count)
    {
        if (count > 0)
        {
            _free.Release(count);
        }
    }
}
