using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

using FastRnn.Generators.Analyzers;
using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastRnn.Generators.Tests.Analyzers;

/// <summary>What all analyzers together say about a program that uses models of another assembly.</summary>
internal static class UseCase
{
    /// <summary>Models of all kinds; <c>Forecast</c> reads 3 numbers and writes 2, <c>Letters</c> reads one of 10 tokens and writes 10
    /// numbers.</summary>
    private const string Models = Sources.Elman + """
        [Model, Input(3), Layer<Elman>(4), Dense(2), MeanSquaredError] public sealed partial class Forecast;
        [Model, Embedding(Vocabulary = 10, Size = 4), Layer<Elman>(4), Dense(10), SoftmaxCrossEntropy] public sealed partial class Letters;
        [Model, Embedding(Vocabulary = 10, Size = 4), Input(3), OneHot(Vocabulary = 2), Layer<Elman>(4), Dense(2), MeanSquaredError]
        public sealed partial class Several;
        [Model, Input(3), Layer<Elman>(4), Dense(2)] public sealed partial class Bare;
        [Model, Input(3), Layer<Elman>(4)] public sealed partial class Raw;
        [Model, Input(3), Layer<Elman>(4, Bidirectional = true), Dense(2), MeanSquaredError] public sealed partial class Both;
        [Model, Input(3), Layer<Elman>(4, Bidirectional = true), Pool(Pooling.Last), Dense(2), MeanSquaredError]
        public sealed partial class BothPooled;
        [Model, Input(3), Layer<Elman>(4, Backward = true), Scale(2), MeanSquaredError] public sealed partial class FromTheEnd;
        [Model, Input(3), Layer<Elman>(4), Pool(Pooling.Last), Dense(2), MeanSquaredError] public sealed partial class Pooled;
        [Model, Input(3), Layer<Elman>(4), Pool(Pooling.Mean), Dense(2), MeanSquaredError] public sealed partial class Averaged;
        [Model, Input(3), Condition(5, ConditionTarget.FirstInput), Layer<Elman>(4), Pool(Pooling.Max), Dense(2), MeanSquaredError]
        public sealed partial class StartedWhole;
        [Model, Input(3), Condition(5, ConditionTarget.FirstInput), Layer<Elman>(4), Pool(Pooling.Last), Dense(2), MeanSquaredError]
        public sealed partial class StartedLast;
        [Model, Input(3), Condition(5, ConditionTarget.State), Layer<Elman>(4), Dense(2), MeanSquaredError]
        public sealed partial class Started;
        [Model, Input(3), Layer<Elman>(4), Dense(4), Quantile(0.1, 0.9)] public sealed partial class Interval;
        [Model, Input(3), Layer<Elman>(4), Dense(4), Ctc] public sealed partial class Labels;

        """ + Sources.Translate;

    private static readonly Lazy<byte[]> Library = new(() =>
    {
        Compile.Driver(track: false, widths: Compile.OneWidth).RunGeneratorsAndUpdateCompilation(
            Compile.Library("Models", [Compile.Usings + Models]), out var whole, out _);
        using var image = new MemoryStream();
        var result = whole.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return image.ToArray();
    });

    private static readonly UseAnalyzer[] Analyzers =
    [
        new LifetimeAnalyzer(), new SharedSessionAnalyzer(), new ModelUseAnalyzer(), new LengthAnalyzer(), new LoopAllocationAnalyzer(),
    ];

    /// <summary>Asserts that one diagnostic is reported, where the marks are.</summary>
    public static async Task Finds(string id, string statements)
    {
        var marked = Marked.Parse(Program(statements));

        var diagnostic = Assert.Single(await Diagnose(marked.Text));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(marked.Text[marked.Span.Start..marked.Span.End],
            marked.Text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal(marked.Span, diagnostic.Location.SourceSpan);
        Assert.DoesNotMatch(@"\{\d", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>What is said where the marks are, and the message of the exception that is thrown there.</summary>
    /// <param name="expression">An expression with marks around what makes a session, a trainer and so on.</param>
    public static async Task<(string AtBuild, string AtRun)> Messages(string expression)
    {
        var marked = Marked.Parse(Program($"using var made = {expression};"));
        var diagnostic = Assert.Single(await Diagnose(marked.Text));
        Assert.Equal(marked.Span, diagnostic.Location.SourceSpan);
        var plain = expression.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        var source = Program("") + $$"""

            public static class Maker
            {
                public static void Make() { using var made = {{plain}}; }
            }
            """;
        using var image = new MemoryStream();
        var emitted = Compilation(source).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        var context = new AssemblyLoadContext("Messages", isCollectible: true);
        context.Resolving += (_, name) => name.Name == "Models" ? context.LoadFromStream(new MemoryStream(Library.Value)) : null;
        var make = context.LoadFromStream(image).GetType("Maker")!.GetMethod("Make")!;
        var thrown = Assert.Throws<TargetInvocationException>(() => make.Invoke(null, null)).InnerException;
        return (diagnostic.GetMessage(CultureInfo.InvariantCulture), Assert.IsType<InvalidOperationException>(thrown).Message);
    }

    /// <summary>Asserts that nothing is reported.</summary>
    public static async Task IsSilent(string statements) => Assert.Empty(await Diagnose(Program(statements)));

    /// <summary>A compilation of a program that uses the models.</summary>
    public static CSharpCompilation Compilation(string source) =>
        Compile.Library("Test", [source], MetadataReference.CreateFromImage(Library.Value));

    /// <summary>A method with variables of all kinds around some statements.</summary>
    public static string Program(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using FastRnn;
        using FastRnn.Data;
        using FastRnn.Diagnostics;
        using FastRnn.Inference;
        using FastRnn.Training;
        sealed class Program
        {
            private readonly Forecast kept = new();
            private readonly List<Session<Forecast>> sessions = [];
            private readonly object gate = new();
            private Session<Forecast>? field;
            [ThreadStatic] private static Session<Forecast>? perThread;
            private void Run(Forecast model, Letters letters, float[] x, float[] y, float[][] xs, float[][] ys, int[] tokens, int n)
            {
                {{statements}}
            }

            private static void Use(object thing, object? other = null) { }
            private static void Look(ReadOnlySpan<float> numbers) { }
        }
        """;

    private static async Task<IReadOnlyList<Diagnostic>> Diagnose(string source)
    {
        var compilation = Compilation(source);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([.. Analyzers]).GetAnalyzerDiagnosticsAsync();
    }
}
