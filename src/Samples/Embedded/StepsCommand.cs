using FastRnn.Inference;

namespace FastRnn.Embedded;

/// <summary>A bare loop of steps, for those who look at the program from outside: between the two marks it asks the system for
/// nothing.</summary>
internal static class StepsCommand
{
    private const int WarmUp = 10;

    public static void Run(int steps, TextWriter output)
    {
        using var keywords = new KeywordSpotter().CreateSession(new() { Threads = 1 });
        using var pedal = new Pedal().CreateSession(new() { Threads = 1 });
        using var error = StandardStream.OpenError();
        var (features, logits, sound) = (new float[40], new float[12], new float[1]);
        Numbers.Fill(features);
        Numbers.Fill(sound);

        // What runs for the first time may allocate: these steps, the marks, and even the counting.
        long all = 0, own = 0;
        foreach (var count in (ReadOnlySpan<int>)[WarmUp, steps])
        {
            // Counting what all threads allocated stops them: it stands outside of the marks.
            all = GC.GetTotalAllocatedBytes(precise: true);
            error.Write("steps begin\n"u8);
            own = GC.GetAllocatedBytesForCurrentThread();
            Loop(keywords, features, logits, count);
            Loop(pedal, sound, sound, count);
            own = GC.GetAllocatedBytesForCurrentThread() - own;
            error.Write("steps end\n"u8);
            all = GC.GetTotalAllocatedBytes(precise: true) - all;
        }

        output.WriteLine($"{steps} steps of each model: {own} bytes allocated by the thread, {all} by all threads");
    }

    private static void Loop<TModel>(Session<TModel> session, ReadOnlySpan<float> x, Span<float> y, int steps)
        where TModel : class, IModel<TModel>
    {
        for (var t = 0; t < steps; t++)
        {
            session.Step(x, y);
        }
    }
}
