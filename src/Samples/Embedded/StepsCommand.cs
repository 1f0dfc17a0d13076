using FastRnn.Inference;

namespace FastRnn.Embedded;

/// <summary>A bare loop of steps, for those who look at the program from outside: between the two marks it asks the system for
/// nothing.</summary>
internal static class StepsCommand
{
    private const int WarmUp = 10;

    /// <summary>Does the steps.</summary>
    /// <param name="steps">How many of each model.</param>
    /// <param name="models">Which: <c>keywords</c>, <c>keywords-int8</c>, <c>pedal</c>.</param>
    /// <param name="output">Receives what they allocated.</param>
    public static void Run(int steps, string[] models, TextWriter output)
    {
        var loops = new Action<int>[models.Length];
        for (var i = 0; i < models.Length; i++)
        {
            loops[i] = models[i] switch
            {
                "keywords" => Loop(new KeywordSpotter(), default),
                "keywords-int8" => Loop(new SmallKeywordSpotter(), WeightFormat.Int8),
                _ => Loop(new Pedal(), default),
            };
        }

        using var error = StandardStream.OpenError();

        // What runs for the first time may allocate: these steps, the marks, and even the counting.
        long all = 0, own = 0;
        foreach (var count in (ReadOnlySpan<int>)[WarmUp, steps])
        {
            // Counting what all threads allocated stops them: it stands outside of the marks.
            all = GC.GetTotalAllocatedBytes(precise: true);
            error.Write("steps begin\n"u8);
            own = GC.GetAllocatedBytesForCurrentThread();
            foreach (var loop in loops)
            {
                loop(count);
            }

            own = GC.GetAllocatedBytesForCurrentThread() - own;
            error.Write("steps end\n"u8);
            all = GC.GetTotalAllocatedBytes(precise: true) - all;
        }

        output.WriteLine($"{steps} steps of {(models.Length > 1 ? "each model" : models[0])}: "
            + $"{own} bytes allocated by the thread, {all} by all threads");
    }

    private static Action<int> Loop<TModel>(TModel model, WeightFormat weights)
        where TModel : class, IModel<TModel>
    {
        var session = new Session<TModel>(model, new() { Threads = 1, Weights = weights });
        var (x, y) = (new float[TModel.Info.InputSize], new float[TModel.Info.OutputSize]);
        Numbers.Fill(x);
        return steps =>
        {
            for (var t = 0; t < steps; t++)
            {
                session.Step(x, y);
            }
        };
    }
}
