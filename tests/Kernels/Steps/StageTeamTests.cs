using NacrithOnnx.Runtime.Kernels.Steps;

namespace NacrithOnnx.Tests.Kernels.Steps;

/// <summary>Every item runs once, and none before all of the stage before have ended.</summary>
public sealed class StageTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_runs_once_and_in_its_stage(int threads)
    {
        using var team = new StageTeam(threads);
        for (var call = 0; call < 200; call++)
        {
            var stages = new Recorder([3, 0, 1, call % 9, 40, 0]);

            team.Run(stages);

            stages.AssertComplete();
        }
    }

    [Fact]
    public void Threads_that_sleep_are_woken()
    {
        using var team = new StageTeam(2);
        for (var call = 0; call < 20; call++)
        {
            Thread.Sleep(5);
            var stages = new Recorder([2, 2]);
            team.Run(stages);
            stages.AssertComplete();
        }
    }

    [Fact]
    public void Several_callers_may_run_at_once()
    {
        using var team = new StageTeam(3);

        Parallel.For(0, 4, _ =>
        {
            for (var call = 0; call < 100; call++)
            {
                var stages = new Recorder([5, 1, 7]);
                team.Run(stages);
                stages.AssertComplete();
            }
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exception_ends_the_call_and_not_the_team(int threads)
    {
        using var team = new StageTeam(threads);
        var failing = new Recorder([4, 4, 4]) { FailingStage = 1 };

        var exception = Assert.Throws<InvalidOperationException>(() => team.Run(failing));

        Assert.Equal("stage 1", exception.Message);
        Assert.False(failing.HasBegun(2));
        var stages = new Recorder([4, 4]);
        team.Run(stages);
        stages.AssertComplete();
    }

    private sealed class Recorder(int[] items) : IStages
    {
        private readonly int[][] _runs = [.. items.Select(count => new int[count])];
        private int _early;

        public int FailingStage { get; init; } = -1;

        public int Count => items.Length;

        public int Items(int stage) => items[stage];

        public void Run(int stage, int item)
        {
            if (stage == FailingStage)
            {
                throw new InvalidOperationException($"stage {stage}");
            }

            for (var before = 0; before < stage; before++)
            {
                Interlocked.Add(ref _early, _runs[before].Count(runs => Volatile.Read(ref runs) == 0));
            }

            Thread.SpinWait(item * 10);
            Interlocked.Increment(ref _runs[stage][item]);
        }

        public bool HasBegun(int stage) => _runs[stage].Any(runs => runs > 0);

        public void AssertComplete()
        {
            Assert.Equal(0, _early);
            Assert.All(_runs, stage => Assert.All(stage, runs => Assert.Equal(1, runs)));
        }
    }
}
