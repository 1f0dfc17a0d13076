using System.Collections.Immutable;

using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastRnn.Generators.Analyzers;

/// <summary>Says again, hidden, where the generator found a problem: the place to which an editor attaches code fixes. A build does not run
/// it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FixableAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UseDescriptors.Fixable];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ProblemFile.Find(start.Compilation) is { } file)
            {
                var problems = ProblemFile.Read(file.GetText(start.CancellationToken));
                start.RegisterSemanticModelAction(model => Report(model, problems));
            }
        });
    }

    private static void Report(
        SemanticModelAnalysisContext context, ILookup<string, (string Id, Microsoft.CodeAnalysis.Text.TextSpan Span)> problems)
    {
        // While text is being typed, the generator may not have caught up: what it says of another text is not in the list of this one.
        var tree = context.SemanticModel.SyntaxTree;
        foreach (var (id, span) in problems[ProblemFile.Key(tree, context.CancellationToken)])
        {
            context.ReportDiagnostic(Diagnostic.Create(
                UseDescriptors.Fixable, Location.Create(tree, span), ImmutableDictionary<string, string?>.Empty.Add("Id", id), id));
        }
    }
}
