using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Weights;

/// <summary>A small model, <c>w.safetensors</c> beside it, and what the generator says at the marks.</summary>
internal static class WeightsCase
{
    public const string Model = "[Model, Input(2), Layer<Elman>(3), [|Weights(\"w.safetensors\")|]] public sealed partial class Small;";

    /// <summary>A file that is right.</summary>
    public static TensorFile File => new TensorFile().AddAny("W_l0", 3, 2).AddAny("U_l0", 3, 3).AddAny("b_l0", 3);

    public static Diagnostic Check(string id, byte[] file, string model = Model)
    {
        using var files = new TemporaryFiles();
        return Check(id, model, files.Add("w.safetensors", file));
    }

    /// <summary>The model has its members all the same: nothing else is reported.</summary>
    public static Diagnostic Check(string id, string model, params AdditionalText[] files)
    {
        var diagnostic = Assert.Single(All(model, files));
        Assert.Equal(id, diagnostic.Id);
        return diagnostic;
    }

    public static IReadOnlyList<Diagnostic> All(string model, params AdditionalText[] files)
    {
        var marked = Marked.Parse(Compile.Usings + Sources.Elman + model);
        var before = Compile.Library("Test", [marked.Text]);
        var result = Compile.Driver(files: files)
            .RunGeneratorsAndUpdateCompilation(before, out var after, out var diagnostics).GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.Empty(after.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Assert.All(diagnostics, d => Assert.Equal(marked.Span, d.Location.SourceSpan));
        return diagnostics;
    }

    public static string Message(this Diagnostic diagnostic) => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
}
