using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Engine;

public sealed class NacrithEngineTests : IDisposable
{
    private readonly NacrithEngine _engine = new(TinyModel.Codec.Folder, 1);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Turns_are_one_at_a_time()
    {
        var first = _engine.Enter(CancellationToken.None);
        var second = _engine.EnterAsync(CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task Waiting_for_a_turn_can_be_cancelled()
    {
        using var turn = _engine.Enter(CancellationToken.None);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));

        Assert.ThrowsAny<OperationCanceledException>(() => _engine.Enter(cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _engine.EnterAsync(cancel.Token).AsTask());
    }

    [Fact]
    public async Task After_disposal_a_turn_is_refused()
    {
        var engine = new NacrithEngine(TinyModel.Codec.Folder, 1);
        await engine.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => engine.Enter(CancellationToken.None));
        Assert.Throws<ObjectDisposedException>(() => engine.Enter(CancellationToken.None));
    }

    [Fact]
    public void A_model_is_known_by_the_hash_that_archives_give_it_and_by_the_plan()
    {
        var fast = HashPrefix.Of(_engine.Identity(ArithmeticPlan.Fast));
        _engine.Require(fast, ArithmeticPlan.Fast);
        _engine.Require(HashPrefix.Of(_engine.Identity(ArithmeticPlan.Precise)), ArithmeticPlan.Precise);
        Assert.Equal("nx1-fast", ArithmeticPlan.Fast.ArithmeticId);
        using var other = new NacrithEngine(TinyModel.Other.Folder, 1);
        Assert.Throws<ModelMismatchException>(() => _engine.Require(fast, ArithmeticPlan.Precise));
        Assert.Throws<ModelMismatchException>(() => other.Require(fast, ArithmeticPlan.Fast));
    }

    [Fact]
    public void A_turn_codes_text_under_one_plan_after_another()
    {
        var key = Profiles.OfLevel(CompressOptions.DefaultLevel).TextKey;
        using var turn = _engine.Enter(CancellationToken.None);
        foreach (var plan in (ArithmeticPlan[])[ArithmeticPlan.Fast, ArithmeticPlan.Precise, ArithmeticPlan.Fast])
        {
            Assert.NotNull(turn.TextCodec(key with { Plan = plan }));
        }
    }
}
