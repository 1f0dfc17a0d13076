using FastRnn.Generators.Analyzers;
using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis.Diagnostics;

namespace FastRnn.Generators.Tests.Analyzers;

public class LabelAnalyzerTests
{
    private const string StandIn = """
        using System;
        namespace FastRnn.Inference
        {
            public sealed class Session<TModel>
            {
                public void Step(ReadOnlySpan<float> x, Span<float> y) { }
                public void Step(int token, Span<float> y) { }
                public void Seed(ReadOnlySpan<float> noise) { }
            }
        }

        namespace FastRnn.Training
        {
            public sealed class Trainer<TModel>
            {
                public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) { }
            }
        }

        namespace FastRnn.Data
        {
            public readonly ref struct SequenceBatch
            {
                public ReadOnlySpan<float> X { get; init; }
                public ReadOnlySpan<int> Tokens { get; init; }
                public ReadOnlySpan<float> SourceX { get; init; }
                public ReadOnlySpan<float> Weights { get; init; }
            }
        }
        """;

    [Theory]
    [InlineData("session.Step([[|token|]], y);")]
    [InlineData("session.Step([0.5f, (float)[|token|]], y);")]
    [InlineData("session.Step([(float)(double)[|token|]], y);")]
    [InlineData("session.Step(new float[] { [|text[0]|] }, y);")]
    [InlineData("session.Step([..[|tokens|]], y);")]
    [InlineData("session.Step(stackalloc float[] { [|token|] }, y);")]
    [InlineData("trainer.Step([[|token|]], [1f]);")]
    [InlineData("_ = new SequenceBatch { X = [[|token|]] };")]
    [InlineData("_ = new SequenceBatch { SourceX = [0.5f, (float)[|token|]] };")]
    public async Task A_label_among_numbers_is_a_warning(string statement)
    {
        var marked = Marked.Parse(Source(statement));

        var diagnostic = Assert.Single(await Diagnose(marked.Text));

        Assert.Equal("FRNN060", diagnostic.Id);
        Assert.Equal(marked.Span, diagnostic.Location.SourceSpan);
    }

    [Theory]
    [InlineData("session.Step(token, y);")]
    [InlineData("session.Step([1, 2, 3], y);")]
    [InlineData("session.Step([token / 255f], y);")]
    [InlineData("session.Step([Scale(token)], y);")]
    [InlineData("session.Step([1f, .. new float[] { 2 }], y);")]
    [InlineData("session.Seed([token]);")]
    [InlineData("trainer.Step([1f], [token]);")]
    [InlineData("Other([token]);")]
    [InlineData("_ = new SequenceBatch { X = [Scale(token)], Tokens = [token], Weights = [token] };")]
    public async Task A_number_is_no_label(string statement) => Assert.Empty(await Diagnose(Source(statement)));

    private static string Source(string statement) => $$"""
        using System;
        using FastRnn.Data;
        using FastRnn.Inference;
        using FastRnn.Training;
        static class Program
        {
            static void Run(Session<string> session, Trainer<string> trainer, int token, int[] tokens, string text, float[] y)
            {
                {{statement}}
            }

            static float Scale(float value) => value / 255;

            static void Other(ReadOnlySpan<float> x) { }
        }
        """;

    private static async Task<IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic>> Diagnose(string source)
    {
        var compilation = Compile.Library("Test", [StandIn, source]);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([new LabelAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }
}
