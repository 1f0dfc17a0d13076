using System.Diagnostics;
using System.Globalization;

using FastRnn.Compiler;

namespace FastRnn.Benchmarks.Starts;

/// <summary>The life of a child process that <c>compile</c> starts: from a declaration's text to the first prediction, again and
/// again.</summary>
internal static class CompiledStart
{
    /// <summary>The first word of such a process: <c>compiled-start FOLDER COUNT</c>, with <c>-</c> for no cache.</summary>
    public const string Word = "compiled-start";

    /// <summary>The units of the first model; each that follows has one more, so that no text comes twice.</summary>
    private const int Hidden = 128;

    private const int Inputs = 64;

    /// <summary>Whether the words are those of a child; then its work is done: a line with the milliseconds of each model, and one with the
    /// peak memory.</summary>
    public static bool Handles(string[] args)
    {
        if (args is not [Word, var folder, var count])
        {
            return false;
        }

        for (var i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++)
        {
            var begin = Stopwatch.GetTimestamp();
            Predict(Hidden + i, folder == "-" ? null : folder);
            Console.WriteLine(Stopwatch.GetElapsedTime(begin).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        }

        Console.WriteLine(PeakMemory.Kilobytes().ToString(CultureInfo.InvariantCulture));
        return true;
    }

    private static void Predict(int hidden, string? cache)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""
            using FastRnn;
            using FastRnn.Cells;

            [Model, Input({{Inputs}}), Layer<Lstm>({{hidden}}), Layer<Lstm>({{hidden}}), Dense(1), MeanSquaredError]
            public sealed partial class Text;
            """);
        using var declaration = ModelCompiler.Compile(text, new() { CacheFolder = cache });
        using var model = declaration.Create(seed: 1);
        using var session = model.CreateSession();
        session.Step(new float[Inputs], new float[1]);
    }
}
