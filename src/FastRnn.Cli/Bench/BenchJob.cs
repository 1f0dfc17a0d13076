using System.Text.Json;

using FastRnn.Compiler;
using FastRnn.Training;

namespace FastRnn.Cli.Bench;

/// <summary>Measures a model on this machine, and prints a table.</summary>
internal sealed class BenchJob(CompiledModel model, BenchRequest request, Terminal terminal)
{
    private readonly List<BenchRow> rows = [];

    /// <summary>Measures a model.</summary>
    /// <exception cref="CommandException">There is no such model, or it does not compile.</exception>
    public static int Run(BenchRequest request, Terminal terminal)
    {
        using var model = BenchModel.Open(request.Model);
        return new BenchJob(model, request, terminal).Run();
    }

    private int Run()
    {
        var info = model.Info;
        var multiplyAdds = info.Layers.Sum(layer => layer.MultiplyAdds);
        terminal.Line($"model  {info.Name}: {info.ParameterCount:n0} parameters, {multiplyAdds:n0} multiply-adds a step");
        terminal.Line($"here   {Environment.ProcessorCount} processors, kernels of {model.Width}; medians over {request.Seconds} s each");
        var (batch, steps) = (request.BatchSize, request.SequenceLength);
        terminal.Line($"");
        var name = "steps a second";
        terminal.Line($"{name,-34} {string.Join(" ", request.Threads.Select(Column))}");
        try
        {
            Line("stream_step", $"one stream, a call a step", threads => Stream(threads, 1));
            Line("stream_block", $"one stream, blocks of {steps}", threads => Stream(threads, steps));
            Line("batch", $"inference, {batch} sequences of {steps}", Batch);
            Line("training", $"training, {batch} sequences of {steps}", Training);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }

        foreach (var problem in rows.Select(row => row.Problem).OfType<string>().Distinct())
            terminal.Line($"- {problem}");
        if (request.Json)
        {
            var report = new BenchReport(
                info.Name, info.ParameterCount, multiplyAdds, (int)model.Width, Environment.ProcessorCount, batch, steps, rows);
            terminal.Lines.WriteLine(JsonSerializer.Serialize(report, JsonTexts.Default.BenchReport));
        }

        return ExitCodes.Success;
    }

    private static string Column(int threads) =>
        (threads == 0 ? "all threads" : threads == 1 ? "1 thread" : FormattableString.Invariant($"{threads} threads")).PadLeft(14);

    private void Line(string what, FormattableString text, Func<int, (double Seconds, long Calls, int Steps)> measure)
    {
        var line = FormattableString.Invariant(text).PadRight(34);
        foreach (var threads in request.Threads)
        {
            rows.Add(Row(what, threads, measure));
            line += rows[^1].StepsPerSecond is { } speed ? FormattableString.Invariant($" {speed,14:n0}") : $" {"-",14}";
        }

        terminal.Line($"{line}");
    }

    private static BenchRow Row(string what, int threads, Func<int, (double Seconds, long Calls, int Steps)> measure)
    {
        try
        {
            var (seconds, calls, steps) = measure(threads);
            return new(what, threads, steps / seconds, seconds * 1e6, calls, null);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            // A model that reads backward has no stream, and one without a loss is not trained: the runtime says why.
            return new(what, threads, null, null, 0, e.Message);
        }
    }

    private (double Seconds, long Calls, int Steps) Stream(int threads, int steps)
    {
        using var session = model.CreateSession(new() { Threads = threads });
        var data = new BenchData(model.Info, 1, steps, isStream: true);
        Action call = (data.ReadsVectors, data.ReadsTokens, steps) switch
        {
            (true, true, 1) => () => session.Step(data.StreamVectors, data.StreamTokens, data.Outputs),
            (true, true, _) => () => session.Run(data.StreamVectors, data.StreamTokens, data.Outputs),
            (true, false, 1) => () => session.Step(data.StreamVectors, data.Outputs),
            (true, false, _) => () => session.Run(data.StreamVectors, data.Outputs),
            (_, _, 1) => () => session.Step(data.StreamTokens, data.Outputs),
            _ => () => session.Run(data.StreamTokens, data.Outputs),
        };
        return Measure(call, steps);
    }

    private (double Seconds, long Calls, int Steps) Batch(int threads)
    {
        var data = Data();
        using var predictor = model.CreatePredictor(
            new() { BatchSize = request.BatchSize, SequenceLength = request.SequenceLength, Threads = threads });
        return Measure(() => predictor.Run(data.Inputs, data.Outputs), request.BatchSize * request.SequenceLength);
    }

    private (double Seconds, long Calls, int Steps) Training(int threads)
    {
        var data = Data();
        using var trainer = model.CreateTrainer(new()
        {
            BatchSize = request.BatchSize,
            SequenceLength = request.SequenceLength,
            Threads = threads,
            ClipNorm = 1,

            // The same work whatever it says, and a model that does not move away.
            Optimizer = new Adam(1e-6f),
        });
        return Measure(() => trainer.Step(data.Examples), request.BatchSize * request.SequenceLength);
    }

    private BenchData Data() => new(model.Info, request.BatchSize, request.SequenceLength);

    private (double Seconds, long Calls, int Steps) Measure(Action call, int steps)
    {
        var (seconds, calls) = CallTimer.Median(call, request.Seconds, request.Seconds / 4, terminal.Interrupt);
        return (seconds, calls, steps);
    }
}
