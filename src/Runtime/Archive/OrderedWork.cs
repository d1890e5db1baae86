namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// Work done at the same time, each on a thread of its own, whose results are taken in the order in which it was started. One
/// thread starts and takes.
/// </summary>
/// <param name="capacity">See <see cref="OrderedWork{T}.Capacity"/>.</param>
internal sealed class OrderedWork<T>(int capacity) : IDisposable
{
    private readonly Queue<Task<T>> _tasks = [];
    private readonly CancellationTokenSource _abort = new();

    /// <summary>The most work started and not taken.</summary>
    public int Capacity { get; set; } = capacity;

    /// <summary>Work started and not taken.</summary>
    public int Count => _tasks.Count;

    public bool IsEmpty => Count == 0;

    public bool IsFull => Count >= Capacity;

    /// <summary>The oldest work.</summary>
    public Task Oldest => _tasks.Peek();

    /// <summary>Ends the work.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>Starts work, which takes long and ends early when <see cref="Aborted"/>.</summary>
    public void Start(Func<T> work) => _tasks.Enqueue(Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Does work now that is over before a thread would have started.</summary>
    public void Do(Func<T> work)
    {
        var task = new Task<T>(work);
        task.RunSynchronously(TaskScheduler.Default);
        _tasks.Enqueue(task);
    }

    /// <summary>Waits for the oldest work, and removes it.</summary>
    /// <param name="cancel">Ends the waiting; the work goes on.</param>
    public T Take(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Task.WaitAny([Oldest], cancel);
        return _tasks.Dequeue().GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Take"/>
    public async ValueTask<T> TakeAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await Task.WhenAny(Oldest).WaitAsync(cancel).ConfigureAwait(false);
        return await _tasks.Dequeue().ConfigureAwait(false);
    }

    /// <summary>Ends all work and waits for it: at most one call of the model.</summary>
    public void Abort()
    {
        _abort.Cancel();
        foreach (var task in _tasks)
        {
            // Its failure, if it has one, came after the one that ended everything.
            Task.WaitAny(task);
            _ = task.Exception;
        }

        _tasks.Clear();
    }

    /// <inheritdoc cref="Abort"/>
    /// <remarks>The caller may be on the thread of the work: whoever cancels a call may go on with what awaited it.</remarks>
    public async ValueTask AbortAsync()
    {
        await _abort.CancelAsync().ConfigureAwait(false);
        while (_tasks.TryDequeue(out var task))
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        Abort();
        _abort.Dispose();
    }
}
