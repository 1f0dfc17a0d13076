using FastRnn.Compiler;

namespace FastRnn.Interchange.Tests.Import;

/// <summary>What a declaration from a folder may make the compiler do: compile it, and read no file.</summary>
public sealed class ModelCompilerTests
{
    [Theory]
    [InlineData("Weights(\"{0}\")")]
    [InlineData("WeightsAttribute(\"{0}\")")]
    [InlineData("FastRnn.Weights(\"{0}\")")]
    [InlineData("global::FastRnn.WeightsAttribute(\"{0}\")")]
    public void Weights_are_passed_over_wherever_they_are(string attribute)
    {
        // A pipe or a device would be waited for, a missing file be an error.
        using var compiled = ModelCompiler.Compile(Model($"[{attribute.Replace("{0}", "../../none.safetensors")}]"), "a.cs");
        Assert.Equal("Net", Assert.Single(compiled.Models).Name);
    }

    [Fact]
    public void A_name_that_hides_weights_is_an_error_and_reads_nothing()
    {
        using var file = new PyTorch.TempFile("these are no weights"u8, ".safetensors");
        var error = Assert.Throws<CompilationException>(() => ModelCompiler.Compile(
            $"using Hidden2 = FastRnn.WeightsAttribute;\n{Model($"[Hidden2(@\"{file.Path}\")]")}", "a.cs"));

        // It is told that the file is not among the project's, and not what is in it.
        Assert.Contains("FRNN", error.Message);
        Assert.DoesNotContain("header", error.Message);
    }

    [Theory]
    [InlineData("[assembly: System.Reflection.AssemblyKeyFile(@\"{0}\")]", "")]
    [InlineData("#load \"{0}\"", "")]
    [InlineData("#r \"{0}\"", "")]
    public void Other_words_for_files_are_errors(string first, string attribute)
    {
        using var file = new PyTorch.TempFile("class FromAFile;"u8, ".cs");
        Assert.Throws<CompilationException>(() =>
            ModelCompiler.Compile($"{first.Replace("{0}", file.Path)}\n{Model(attribute)}", "a.cs"));
    }

    private static string Model(string attribute) => $$"""
        namespace Own
        {
            using FastRnn;
            using FastRnn.Cells;

            {{attribute}}
            [Model, Input(2), Layer<Elman>(3)]
            public sealed partial class Net;
        }
        """;
}
