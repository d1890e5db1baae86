using NacrithOnnx.Runtime.Model;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>
/// The models that an engine has open: one, unless frames with different plans are coded at the same time. A model that
/// nobody uses stays open until another is needed.
/// </summary>
internal sealed class LoadedModels(ModelFolder folder, ModelDevices devices) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LoadedModel, int> _users = [];

    /// <summary>Opens a model, unless it is open.</summary>
    /// <param name="plan">Plan of its arithmetic.</param>
    /// <param name="threads">Its threads.</param>
    /// <param name="calls">See <see cref="LoadedModel.Open"/>.</param>
    /// <exception cref="EnvironmentException">It cannot be opened.</exception>
    public LoadedModel Rent(ArithmeticPlan plan, int threads, int calls)
    {
        lock (_lock)
        {
            var model = _users.Keys.FirstOrDefault(open => open.Plan == plan && open.Threads == threads);
            if (model is null)
            {
                foreach (var idle in _users.Where(open => open.Value == 0).Select(open => open.Key).ToArray())
                {
                    _users.Remove(idle);
                    idle.Dispose();
                }

                model = LoadedModel.Open(folder, plan, threads, devices, calls);
                _users.Add(model, 0);
            }

            _users[model]++;
            return model;
        }
    }

    /// <summary>Ends the use of a model.</summary>
    public void Return(LoadedModel model)
    {
        lock (_lock)
        {
            _users[model]--;
        }
    }

    /// <summary>Closes all models, which must not be in use.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var model in _users.Keys)
            {
                model.Dispose();
            }

            _users.Clear();
        }
    }
}
