using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>Questions about operations that several analyzers ask.</summary>
internal static class Operations
{
    /// <summary>What stands behind conversions and parentheses.</summary>
    public static IOperation? Plain(IOperation? operation) => operation switch
    {
        IConversionOperation { OperatorMethod: null } conversion => Plain(conversion.Operand),
        IConversionOperation { OperatorMethod.ContainingType.Name: "Span" or "ReadOnlySpan" or "Inputs" or "Targets" } conversion =>
            Plain(conversion.Operand),
        IConversionOperation { OperatorMethod.ContainingType.TypeKind: TypeKind.Array } conversion => Plain(conversion.Operand),
        IParenthesizedOperation group => Plain(group.Operand),
        _ => operation,
    };

    /// <summary>The method body, or the initialiser, in which an operation stands, lambdas around it included.</summary>
    public static IOperation Body(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>The innermost loop around an operation, in the same method or lambda. What a for or foreach computes once, before its first
    /// round, is outside.</summary>
    public static ILoopOperation? Loop(IOperation operation)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return null;
                case IForEachLoopOperation each when child == each.Collection:
                case IForLoopOperation loop when loop.Before.Contains(child):
                    break;
                case ILoopOperation loop:
                    return loop;
            }
        }

        return null;
    }

    /// <summary>The lambda or local function in which an operation stands.</summary>
    public static IOperation? Function(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>The local variable that an operation initialises.</summary>
    public static IVariableDeclaratorOperation? Declarator(IOperation value)
    {
        var parent = value.Parent;
        while (parent is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator : null;
    }

    public static IEnumerable<ILocalReferenceOperation> References(IOperation body, ILocalSymbol local) =>
        body.Descendants()
            .OfType<ILocalReferenceOperation>().Where(r => SymbolEqualityComparer.Default.Equals(r.Local, local) && !r.IsDeclaration);

    /// <summary>The variable, parameter, field or property that an operation names; null for everything that might be another thing at
    /// another time.</summary>
    public static ISymbol? Named(IOperation? operation) => Plain(operation) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.Length: 0 } property => property.Property,
        _ => null,
    };

    /// <summary>Whether a symbol is declared inside of a piece of source.</summary>
    public static bool IsDeclaredIn(ISymbol symbol, SyntaxNode node) =>
        symbol.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == node.SyntaxTree && node.Span.Contains(r.Span));

    /// <summary>Whether an assignment inside of an operation changes what a symbol stands for.</summary>
    public static bool IsChangedIn(ISymbol symbol, IOperation operation) => operation.Descendants().Any(o =>
        o is IAssignmentOperation or IIncrementOrDecrementOperation or IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }
        && SymbolEqualityComparer.Default.Equals(Named(o.ChildOperations.First()), symbol));

    /// <summary>The value with which a local variable begins, if it never gets another one.</summary>
    public static IOperation? OnlyValue(ILocalReferenceOperation reference)
    {
        var body = Body(reference);
        var declarator = body.Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, reference.Local));
        return declarator?.GetVariableInitializer() is { } initializer && !References(body, reference.Local).Any(IsWritten)
            ? Plain(initializer.Value)
            : null;
    }

    /// <summary>The value of an operation or of the variable that it names.</summary>
    public static IOperation? Value(IOperation? operation) => Plain(operation) switch
    {
        ILocalReferenceOperation reference => OnlyValue(reference),
        var other => other,
    };

    /// <summary>Where the name of a variable stands.</summary>
    public static Location Place(IVariableDeclaratorOperation declarator) => declarator.Syntax is VariableDeclaratorSyntax syntax
        ? syntax.Identifier.GetLocation()
        : declarator.Syntax.GetLocation();

    private static bool IsWritten(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        IIncrementOrDecrementOperation or ITupleOperation { Parent: IDeconstructionAssignmentOperation } => true,
        _ => false,
    };
}
