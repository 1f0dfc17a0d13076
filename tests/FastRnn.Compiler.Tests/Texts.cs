namespace FastRnn.Compiler.Tests;

/// <summary>Declarations as texts.</summary>
internal static class Texts
{
    /// <summary>No test reads what another run, or a user's program, has compiled.</summary>
    public static readonly CompileOptions NoCache = new() { CacheFolder = null };

    /// <summary>The smallest model; sizes make it another one.</summary>
    public static string Small(int hidden = 4, string name = "Small") => $$"""
        using FastRnn;
        using FastRnn.Cells;

        [Model, Input(2), Layer<Elman>({{hidden}}), Dense(1), MeanSquaredError]
        public sealed partial class {{name}};
        """;

    /// <summary>The file from which a class of this assembly was compiled.</summary>
    public static string Of<TModel>()
    {
        using var reader = new StreamReader(typeof(Texts).Assembly.GetManifestResourceStream(typeof(TModel).Name)!);
        return reader.ReadToEnd();
    }

    /// <summary>Compiles that file.</summary>
    public static CompiledDeclaration Compile<TModel>() => ModelCompiler.Compile(Of<TModel>(), NoCache);

    /// <summary>Numbers that differ from each other and from run to run do not.</summary>
    public static float[] Numbers(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    public static int[] Tokens(int count, int vocabulary, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];
    }

    /// <summary>Bit for bit: a NaN is itself, and -0 is not 0.</summary>
    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) => Assert.Equal(
        System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(expected).ToArray(),
        System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(actual).ToArray());
}
