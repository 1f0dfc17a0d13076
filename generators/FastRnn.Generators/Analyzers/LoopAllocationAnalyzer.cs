using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>Says where a loop allocates the array into which a session writes, though one array before the loop would do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoopAllocationAnalyzer() : UseAnalyzer(UseDescriptors.OutputInLoop)
{
    private protected override void Register(CompilationStartAnalysisContext start, RuntimeTypes types) =>
        start.RegisterOperationAction(context => Check(context, types), OperationKind.ArrayCreation);

    private static void Check(OperationAnalysisContext context, RuntimeTypes types)
    {
        var array = (IArrayCreationOperation)context.Operation;
        if (array.Initializer is not null
            || array.Type is not IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Single, Rank: 1 }
            || Operations.Loop(array) is not { } loop || !array.DimensionSizes.All(size => IsKnownBefore(size, loop)))
        {
            return;
        }

        var uses = Operations.Declarator(array) is { } declarator
            ? Operations.References(Operations.Body(array), declarator.Symbol).ToList<IOperation>()
            : [array];
        if (uses.Any(use => Output(use, types) is { } call && Operations.Loop(call) == loop)
            && uses.All(use => Operations.Function(use) == Operations.Function(array) && (Output(use, types) is not null || IsRead(use))))
        {
            context.ReportDiagnostic(Diagnostic.Create(UseDescriptors.OutputInLoop, array.Syntax.GetLocation()));
        }
    }

    private static bool IsKnownBefore(IOperation size, ILoopOperation loop) =>
        size.ConstantValue.HasValue
        || (Operations.Named(size) is (ILocalSymbol or IParameterSymbol or IFieldSymbol { IsReadOnly: true }) and var symbol
            && !Operations.IsDeclaredIn(symbol, loop.Syntax) && !Operations.IsChangedIn(symbol, loop));

    // The call of a session that writes into the array.
    private static IInvocationOperation? Output(IOperation use, RuntimeTypes types)
    {
        var parent = use.Parent;
        while (parent is IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IArgumentOperation
        {
            Parameter.Name: "y",
            Parent: IInvocationOperation { TargetMethod.Name: "Step" or "Run" } call
        }
            && types.IsRunner(call.Instance?.Type) ? call : null;
    }

    // A number is read, or a span is looked at: the array is not kept.
    private static bool IsRead(IOperation use) => use.Parent switch
    {
        IArrayElementReferenceOperation { Parent: var parent } element =>
            !(parent is IAssignmentOperation assignment && assignment.Target == element),
        IPropertyReferenceOperation { Property.Name: "Length" } => true,
        IConversionOperation { Type: { IsRefLikeType: true, Name: "ReadOnlySpan" }, Parent: IArgumentOperation } => true,
        _ => false,
    };
}
