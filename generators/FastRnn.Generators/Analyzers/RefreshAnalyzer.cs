using System.Collections.Immutable;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>Warns where a method writes into a model's parameters and then runs a session or trainer of it without <c>Refresh</c> between: kernels read packed copies.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RefreshAnalyzer() : UseAnalyzer(UseDescriptors.NoRefresh)
{
    private static readonly HashSet<string> Runs = ["Step", "Run", "Start", "Generate", "Accumulate", "LossSum", "Evaluate"];

    private protected override void Register(CompilationStartAnalysisContext start, RuntimeTypes types) => start.RegisterOperationAction(
        context => Check(context, types), OperationKind.PropertyReference, OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, RuntimeTypes types)
    {
        var instance = context.Operation switch
        {
            IPropertyReferenceOperation { Property.Name: "Parameters" } property => property.Instance,
            IInvocationOperation { TargetMethod.Name: "Parameter" } call => call.Instance,
            _ => null,
        };
        if (instance is null || !types.IsModel(instance.Type) || Operations.Named(instance) is not { } model)
        {
            return;
        }

        foreach (var write in Writes(context.Operation))
        {
            if (StaleRun(write, model, types) is { } run)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    UseDescriptors.NoRefresh, write.Syntax.GetLocation(), [run.Syntax.GetLocation()],
                    ImmutableDictionary<string, string?>.Empty.Add("Model", instance.Syntax.ToString()), instance.Syntax.ToString(), run.Syntax.ToString()));
                return;
            }
        }
    }

    // What changes a span, its slices, or the variable that keeps it.
    private static IEnumerable<IOperation> Writes(IOperation span)
    {
        if (Operations.Declarator(span) is { } declarator)
        {
            return Operations.References(Operations.Body(span), declarator.Symbol).SelectMany(Writes);
        }

        return span.Parent switch
        {
            IConversionOperation conversion => Writes(conversion),
            IInvocationOperation { TargetMethod.Name: "Slice" } slice when slice.Instance == span => Writes(slice),
            IImplicitIndexerReferenceOperation { Type.IsRefLikeType: true } slice => Writes(slice),
            IInvocationOperation { TargetMethod.Name: "Fill" or "Clear" or "Reverse" } change when change.Instance == span => [change],
            IArgumentOperation { Parameter.Name: "destination" } argument when argument.Parent is { } copy => [copy],
            IPropertyReferenceOperation { Property.IsIndexer: true, Parent: { } use } element when Changes(use, element) => [use],
            IImplicitIndexerReferenceOperation { Parent: { } use } element when Changes(use, element) => [use],
            _ => [],
        };
    }

    private static bool Changes(IOperation use, IOperation element) =>
        use is IIncrementOrDecrementOperation || (use is IAssignmentOperation assignment && assignment.Target == element);

    private static IInvocationOperation? StaleRun(IOperation write, ISymbol model, RuntimeTypes types)
    {
        var function = Operations.Function(write);
        var later = (function ?? Operations.Body(write)).Descendants()
            .Where(o => o.Syntax.SpanStart >= write.Syntax.Span.End && Operations.Function(o) == function).OrderBy(o => o.Syntax.SpanStart);
        foreach (var operation in later)
        {
            // Refreshed, handed to somebody who may do it, or left.
            if (operation is IBranchOperation or IReturnOperation { IsImplicit: false } or IThrowOperation || IsAskedElsewhere(operation, model, types))
            {
                return null;
            }

            if (operation is IInvocationOperation run && Runs.Contains(run.TargetMethod.Name) && types.IsRunner(run.Instance?.Type)
                && Operations.Value(run.Instance) is { } creation && types.IsCreation(creation) && !RuntimeTypes.KeepsWeights(creation)
                && SymbolEqualityComparer.Default.Equals(Operations.Named(RuntimeTypes.ModelOf(creation)), model) && !IsOtherBranch(write, run))
            {
                return run;
            }
        }

        return null;
    }

    // The model as an argument, a value, or the one whose Refresh is called.
    private static bool IsAskedElsewhere(IOperation operation, ISymbol model, RuntimeTypes types) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
        && SymbolEqualityComparer.Default.Equals(Operations.Named(operation), model)
        && operation.Parent switch
        {
            IPropertyReferenceOperation => false,
            IConversionOperation { Parent: IArgumentOperation { Parent: { } call } } => !types.IsCreation(call),
            IArgumentOperation { Parent: { } call } => !types.IsCreation(call),
            IInvocationOperation call => call.TargetMethod.Name == "Refresh",
            _ => true,
        };

    private static bool IsOtherBranch(IOperation write, IOperation run)
    {
        var above = new HashSet<IOperation>();
        for (var parent = write.Parent; parent is not null; parent = parent.Parent)
        {
            above.Add(parent);
        }

        var common = run.Parent;
        while (common is not null && !above.Contains(common))
        {
            common = common.Parent;
        }

        return common is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ITryOperation;
    }
}
