using System.Collections.Immutable;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>Warns where a label silently becomes a number: <c>trainer.Step([token], y)</c> on a model that reads vectors compiles, and
/// the model learns nothing from it. A quotient such as <c>pixel / 255f</c> is a number and is let pass.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LabelAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Namespaces of what reads inputs.</summary>
    private static readonly string[] Readers = ["Inference", "Training", "Diagnostics"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UseDescriptors.LabelAsNumber];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Conversion, OperationKind.Conversion);
        context.RegisterOperationAction(Spread, OperationKind.Spread);
    }

    private static void Conversion(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (IsFloat(conversion.Type) && IsInteger(Unwrap(conversion.Operand).Type) && !conversion.ConstantValue.HasValue
            && FeedsInput(conversion))
        {
            Report(context, Unwrap(conversion.Operand).Syntax);
        }
    }

    private static void Spread(OperationAnalysisContext context)
    {
        var spread = (ISpreadOperation)context.Operation;
        if (IsInteger(spread.ElementType) && FeedsInput(spread))
        {
            Report(context, spread.Operand.Syntax);
        }
    }

    private static void Report(OperationAnalysisContext context, SyntaxNode at) =>
        context.ReportDiagnostic(Diagnostic.Create(UseDescriptors.LabelAsNumber, at.GetLocation(), at.ToString()));

    // A cast to double on the way to float changes nothing.
    private static IOperation Unwrap(IOperation operation) => operation switch
    {
        IParenthesizedOperation group => Unwrap(group.Operand),
        IConversionOperation { Type.SpecialType: SpecialType.System_Double, OperatorMethod: null } conversion => Unwrap(conversion.Operand),
        _ => operation,
    };

    // Up through everything that only gathers elements, to an argument that a model reads.
    private static bool FeedsInput(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IArgumentOperation argument:
                    return IsInput(argument.Parameter);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target }:
                    return IsInput(target.Property);
                case IConversionOperation or IParenthesizedOperation or ICollectionExpressionOperation or IArrayInitializerOperation
                    or IArrayCreationOperation or { Kind: OperationKind.None }:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsInput(IParameterSymbol? parameter) =>
        parameter is { Name: "x" or "inputs", Type: INamedTypeSymbol type }
        && (type.Name == "Inputs" || (type is { Name: "ReadOnlySpan", Arity: 1 } && IsFloat(type.TypeArguments[0])))
        && Readers.Any(name => IsIn(parameter.ContainingType?.ContainingNamespace, name));

    private static bool IsInput(IPropertySymbol property) =>
        property is { Name: "X" or "SourceX", ContainingType.Name: "SequenceBatch" }
            && IsIn(property.ContainingType.ContainingNamespace, "Data");

    private static bool IsIn(INamespaceSymbol? space, string name) =>
        space is { ContainingNamespace: { Name: "FastRnn", ContainingNamespace.IsGlobalNamespace: true } } && space.Name == name;

    private static bool IsFloat(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Single;

    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
        or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
        or SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Char;
}
