using FastRnn.Generators.Analyzers;
using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastRnn.Generators.Tests.Analyzers;

public class LabelAnalyzerTests
{
    [Theory]
    [InlineData("session.Step([0.5f, (float)[|token|]], y);")]
    [InlineData("session.Step([(float)(double)[|token|]], y);")]
    [InlineData("session.Step(new float[] { [|text[0]|] }, y);")]
    [InlineData("session.Step([0.5f, ..[|tokens|]], y);")]
    [InlineData("session.Step(stackalloc float[] { [|token|] }, y);")]
    [InlineData("trainer.Step([[|token|]], [1f]);")]
    [InlineData("trainer.Step(new float[] { [|token|] }, y);")]
    [InlineData("predictor.Run([.. [|tokens|]], y);")]
    [InlineData("bptt.Forward([0.5f, [|token|], 1], y);")]
    [InlineData("inspector.Forward([(float)[|token|]]);")]
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
    [InlineData("session.Step([token], y);")]
    [InlineData("session.Step([.. tokens], y);")]
    [InlineData("session.Step([token / 255f], y);")]
    [InlineData("session.Step([Scale(token)], y);")]
    [InlineData("session.Step([1f, .. new float[] { 2 }], y);")]
    [InlineData("session.SetState(0, 0, [token]);")]
    [InlineData("trainer.Step(tokens, y);")]
    [InlineData("bptt.Backward([token]);")]
    [InlineData("trainer.Step([1f], [token]);")]
    [InlineData("Other([token]);")]
    [InlineData("_ = new SequenceBatch { X = [Scale(token)], Tokens = [token], Weights = [token] };")]
    public async Task A_number_is_no_label(string statement) => Assert.Empty(await Diagnose(Source(statement)));

    private static string Source(string statement) => $$"""
        using System;
        using FastRnn.Data;
        using FastRnn.Diagnostics;
        using FastRnn.Inference;
        using FastRnn.Training;
        static class Program
        {
            static void Run(
                Session<Forecast> session, Trainer<Forecast> trainer, Predictor<Forecast> predictor, Bptt<Forecast> bptt,
                Inspector<Forecast> inspector,
                int token, int[] tokens, string text, float[] y)
            {
                {{statement}}
            }

            static float Scale(float value) => value / 255;

            static void Other(ReadOnlySpan<float> x) { }
        }
        """;

    private static async Task<IReadOnlyList<Diagnostic>> Diagnose(string source)
    {
        var compilation = UseCase.Compilation(source);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([new LabelAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }
}
