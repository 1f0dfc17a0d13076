using System.Collections.Immutable;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastRnn.Generators.Analyzers;

/// <summary>An analyzer of code that uses models: nothing happens in projects without FastRnn and in generated code.</summary>
public abstract class UseAnalyzer : DiagnosticAnalyzer
{
    private protected UseAnalyzer(params DiagnosticDescriptor[] descriptors) => SupportedDiagnostics = [.. descriptors];

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (RuntimeTypes.Of(start.Compilation) is { } types)
            {
                Register(start, types);
            }
        });
    }

    private protected abstract void Register(CompilationStartAnalysisContext start, RuntimeTypes types);
}
