using FastRnn.Inference;

namespace FastRnn.Embedded;

/// <summary>The outputs of both models for fixed numbers, as bits: every build of the program, for any CPU and vector width, has to print
/// the same.</summary>
internal static class GoldenCommand
{
    private const int Steps = 256;

    public static void Run(TextWriter output)
    {
        Say(new KeywordSpotter(), output);
        Say(new Pedal(), output);
    }

    private static void Say<TModel>(TModel model, TextWriter output)
        where TModel : class, IModel<TModel>
    {
        Say(model, "step by step", output, rows: 1, block: 1);
        Say(model, "in blocks", output, rows: 1, block: 64);
        Say(model, "five streams", output, rows: 5, block: 1);
        Say(model, "bfloat16", output, rows: 1, block: 1, WeightFormat.BFloat16);
        Say(model, "int8", output, rows: 1, block: 1, WeightFormat.Int8);
        Say(model, "int8 in blocks", output, rows: 1, block: 64, WeightFormat.Int8);
    }

    /// <summary>The first outputs, the last ones, and a hash of all.</summary>
    private static void Say<TModel>(
        TModel model, string how, TextWriter output, int rows, int block, WeightFormat weights = WeightFormat.Float32)
        where TModel : class, IModel<TModel>
    {
        using var session = new Session<TModel>(model, new() { BatchSize = rows, Threads = 1, Weights = weights });
        var x = new float[Steps * rows * TModel.Info.InputSize];
        var y = new float[Steps * rows * TModel.Info.OutputSize];
        Numbers.Fill(x);
        var (inputs, outputs) = (x.Length / Steps * block, y.Length / Steps * block);
        for (var t = 0; t < Steps / block; t++)
        {
            session.Run(x.AsSpan(t * inputs, inputs), y.AsSpan(t * outputs, outputs));
        }

        output.Write($"{TModel.Info.Name}, {how}: {Numbers.Hash(y):x16}");
        foreach (var number in (ReadOnlySpan<float>)[y[0], y[1], y[^2], y[^1]])
        {
            output.Write($" {BitConverter.SingleToUInt32Bits(number):x8}");
        }

        output.WriteLine();
    }
}
