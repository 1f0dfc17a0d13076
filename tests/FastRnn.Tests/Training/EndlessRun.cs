using FastRnn.Tests.Processes;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>A run with a checkpoint after every step, that says so and waits for nobody: somebody kills it, or it has long been
/// done.</summary>
internal sealed class EndlessRun : IProgram
{
    public const string Variable = "FASTRNN_TEST_CHECKPOINT";

    public void Run()
    {
        using var run = new LoopRun(Environment.GetEnvironmentVariable(Variable), checkpointEvery: 1);
        run.Loop().Run(new Writer());
        Thread.Sleep(TimeSpan.FromMinutes(1));
    }

    private sealed class Writer : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.WriteLine(value.Step);
    }
}
