using FastRnn.Cli.Bench;
using FastRnn.Compiler;
using FastRnn.Distributed.Planning;
using FastRnn.Training;

namespace FastRnn.Cli.Plan;

/// <summary>Says how many ranks a training is worth: a step is measured here, the network where there is one, the rest is a model of
/// cost.</summary>
internal static class PlanJob
{
    private const double Microsecond = 1e-6, GigabitPerSecond = 1e9 / 8, Efficiency = 0.5;

    private static readonly int[] Shown =
        [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

    /// <summary>Measures and prints.</summary>
    /// <exception cref="CommandException">There is no such model, it does not compile, or it has no loss.</exception>
    public static int Run(PlanRequest request, Terminal terminal)
    {
        using var model = BenchModel.Open(request.Model);
        var measured = terminal.Ranks is { Count: > 1 } ranks ? NetworkProbe.Measure(ranks) : (NetworkSpeed?)null;
        var network = new NetworkSpeed(
            request.Latency * Microsecond ?? measured?.Latency ?? PlanRequest.DefaultLatency * Microsecond,
            request.Bandwidth * GigabitPerSecond ?? measured?.BytesPerSecond ?? PlanRequest.DefaultBandwidth * GigabitPerSecond);
        try
        {
            // All ranks at once: on one machine they share its memory.
            var cost = new TrainingCost
            {
                StepSeconds = Measure(model, request, terminal),
                Parameters = model.Info.ParameterCount,
                Sequences = request.BatchSize,
                LongestSequence = request.Longest,
                Layers = model.Info.Layers.Count(layer => layer.ParameterCount * TrainingCost.DefaultSlices >= model.Info.ParameterCount),
                Network = network,
            };
            Print(model.Info, request, cost, measured is not null, terminal);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (InvalidOperationException e)
        {
            // A model without a loss is not trained: the runtime says so.
            throw CommandException.Failed(e.Message);
        }
    }

    private static double Measure(CompiledModel model, PlanRequest request, Terminal terminal)
    {
        var data = new BenchData(model.Info, request.BatchSize, request.SequenceLength);
        using var trainer = model.CreateTrainer(new()
        {
            BatchSize = request.BatchSize,
            SequenceLength = request.SequenceLength,
            Threads = request.Threads,
            ClipNorm = 1,

            // The same work whatever it says, and a model that does not move away.
            Optimizer = new Adam(1e-6f),
        });
        return CallTimer.Median(
            () => trainer.Step(data.Examples), PlanRequest.Seconds, PlanRequest.WarmSeconds, terminal.Interrupt).Seconds;
    }

    private static void Print(ModelInfo info, PlanRequest request, TrainingCost cost, bool isMeasured, Terminal terminal)
    {
        var (latency, bandwidth) = (cost.Network.Latency / Microsecond, cost.Network.BytesPerSecond / GigabitPerSecond);
        terminal.Line($"model   {info.Name}: {info.ParameterCount:n0} parameters, {info.ParameterCount * 4 / 1e6:0.##} MB of gradients");
        terminal.Line(
            $"step    {request.BatchSize} sequences of {request.SequenceLength}: {Text(cost.StepSeconds)} by one rank, measured here");
        var source = isMeasured ? "measured between the ranks of this job" : "--latency, --bandwidth; mpirun -n 2 measures them";
        terminal.Line($"network {latency:0.#} us, {bandwidth:0.##} Gbit/s ({source})");
        terminal.Line($"");
        terminal.Line(
            $"{"ranks",7} {"a step",10} {"compute",10} {"exchange",10} {"waiting",10} {"update",10} {"speedup",8} {"efficiency",11}");
        foreach (var count in Shown.Where(count => count <= request.Ranks))
        {
            var time = cost.Of(count);
            var speedup = cost.StepSeconds / time.Seconds;
            var parts = string.Join(
                ' ', new[] { time.Seconds, time.Compute, time.Exchange, time.Waiting, time.Update }.Select(part => $"{Text(part),10}"));
            terminal.Line($"{count,7} {parts} {speedup,8:0.00} {speedup / count,11:0 %}");
        }

        var (fastest, most) = (cost.Fastest(request.Ranks), cost.MostThatPay(request.Ranks, Efficiency));
        terminal.Line($"");
        terminal.Line($"fastest: {fastest.Ranks:n0} ranks, {cost.StepSeconds / fastest.Seconds:0.0} times as fast as one");
        terminal.Line($"pays:    up to {most.Ranks:n0} ranks each does at least half of what it would do alone");
    }

    private static string Text(double seconds) => seconds switch
    {
        >= 1 => FormattableString.Invariant($"{seconds:0.00} s"),
        >= 1e-3 => FormattableString.Invariant($"{seconds * 1e3:0.00} ms"),
        _ => FormattableString.Invariant($"{seconds * 1e6:0.0} us"),
    };
}
