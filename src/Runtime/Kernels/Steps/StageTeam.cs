using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>
/// Threads that run stages together with the thread that calls. Whoever is free takes the next item, and nobody waits for a
/// thread that has none: if the system gives the cores to other programs, the caller does everything itself.
/// </summary>
/// <remarks>
/// A step of the model has about 270 stages of 5 to 50 µs. A thread that looks for the next one loses less than a microsecond,
/// where one that sleeps has to be woken for 5 to 50.
/// </remarks>
internal sealed class StageTeam : IDisposable
{
    /// <summary>Most items of a stage.</summary>
    public const int MaxItems = 0xF000;

    /// <summary>Looks for work before a thread sleeps, about 20 µs, as long as ONNX Runtime's threads look.</summary>
    private const int Patience = 500;

    private const int ItemBits = 16;
    private const long ItemMask = (1 << ItemBits) - 1;

    private readonly Thread[] _helpers;
    private readonly Lock _callers = new();
    private readonly SemaphoreSlim _wake = new(0);

    private IStages? _stages;
    private int _stage;
    private ExceptionDispatchInfo? _failure;

    /// <summary>
    /// The open stage: its number since the beginning, its items, and the next of them. A thread takes an item by adding 1, and
    /// learns from what it gets whether there was one. While an item is out, nothing else changes.
    /// </summary>
    private long _ticket;

    /// <summary>Items of the open stage that have not ended.</summary>
    private int _pending;
    private bool _isActive;
    private int _sleepers;
    private bool _isDisposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Threads, with the one that calls.</param>
    public StageTeam(int threads)
    {
        _helpers = new Thread[threads - 1];
        for (var i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = new Thread(Help) { IsBackground = true, Name = "nacrith step" };
            _helpers[i].Start();
        }
    }

    /// <summary>
    /// Runs all stages. If another caller has the team, this one runs them alone. Throws the first exception of an item when all
    /// items of its stage have ended.
    /// </summary>
    public void Run(IStages stages)
    {
        if (_helpers.Length == 0 || !_callers.TryEnter())
        {
            RunAlone(stages);
            return;
        }

        try
        {
            _stages = stages;
            _failure = null;
            _stage = -1;
            Volatile.Write(ref _isActive, true);
            Open();
            Wake();
            Work(patience: 0);
            _stages = null;
            _failure?.Throw();
        }
        finally
        {
            _callers.Exit();
        }
    }

    /// <summary>Ends the threads; no call may run.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _wake.Release(_helpers.Length + 1);
        foreach (var helper in _helpers)
        {
            helper.Join();
        }

        _wake.Dispose();
    }

    private static void RunAlone(IStages stages)
    {
        for (var stage = 0; stage < stages.Count; stage++)
        {
            for (int item = 0, items = stages.Items(stage); item < items; item++)
            {
                stages.Run(stage, item);
            }
        }
    }

    /// <summary>Opens the next stage that has items, or ends the call.</summary>
    private void Open()
    {
        var number = (Volatile.Read(ref _ticket) >> (2 * ItemBits)) + 1;
        var items = 0;
        while (items == 0 && _failure is null && ++_stage < _stages!.Count)
        {
            items = _stages.Items(_stage);
        }

        Debug.Assert(items <= MaxItems, "The ticket counts more items than there are, one for each thread that comes too late.");
        _pending = items;
        Volatile.Write(ref _ticket, (number << (2 * ItemBits)) | ((long)items << ItemBits));
        if (items == 0)
        {
            Volatile.Write(ref _isActive, false);
        }
    }

    /// <summary>Runs an item, if there is one.</summary>
    private bool TakeItem()
    {
        // Looking first keeps the number of those who come too late below the number of threads.
        if (Item(Volatile.Read(ref _ticket)) < 0)
        {
            return false;
        }

        var item = Item(Interlocked.Increment(ref _ticket) - 1);
        if (item < 0)
        {
            return false;
        }

        try
        {
            _stages!.Run(_stage, item);
        }
        catch (Exception exception)
        {
            _failure ??= ExceptionDispatchInfo.Capture(exception);
        }

        if (Interlocked.Decrement(ref _pending) == 0)
        {
            Open();
        }

        return true;
    }

    /// <summary>The item of a ticket, or −1 if it came too late.</summary>
    private static int Item(long ticket)
    {
        var item = (int)(ticket & ItemMask);
        return item < (int)((ticket >> ItemBits) & ItemMask) ? item : -1;
    }

    private void Help()
    {
        while (!Volatile.Read(ref _isDisposed))
        {
            Work(Patience);
            Sleep();
        }
    }

    /// <summary>Takes items until there is no call, and looks so often for another one.</summary>
    private void Work(int patience)
    {
        for (var looks = 0; looks < patience || Volatile.Read(ref _isActive); looks++)
        {
            if (TakeItem())
            {
                looks = 0;
            }
            else
            {
                Pause(looks);
            }
        }
    }

    /// <summary>Waits about 40 ns, or lets others have the core after many looks in vain.</summary>
    private static void Pause(int looks)
    {
        if (looks < Patience)
        {
            Thread.SpinWait(1);
        }
        else
        {
            Thread.Yield();
        }
    }

    private void Sleep()
    {
        Interlocked.Increment(ref _sleepers);
        if (!Volatile.Read(ref _isActive) && !Volatile.Read(ref _isDisposed))
        {
            _wake.Wait();
            return;
        }

        // A call has begun meanwhile. If it counted this thread, it has released the semaphore for it.
        int sleepers;
        do
        {
            sleepers = Volatile.Read(ref _sleepers);
            if (sleepers == 0)
            {
                _wake.Wait();
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _sleepers, sleepers - 1, sleepers) != sleepers);
    }

    private void Wake()
    {
        var sleepers = Interlocked.Exchange(ref _sleepers, 0);
        if (sleepers > 0)
        {
            _wake.Release(sleepers);
        }
    }
}
