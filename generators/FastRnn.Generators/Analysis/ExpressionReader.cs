using FastRnn.Generators.Algebra;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Analysis;

/// <summary>Turns expressions into nodes. Null says that a problem was found.</summary>
internal sealed class ExpressionReader(
    GraphBuilder graph, Scope scope, EquatableArray<FieldSpec> fields, List<Problem> problems)
{
    public Operand? Read(ExpressionSpec expression) => expression switch
    {
        NameSpec name => Name(name),
        NumberSpec number => Operand.Number(number.Value, number.Kind),
        GroupSpec group => Read(group.Inner),
        NegateSpec negate => Negate(negate),
        BinarySpec binary => Binary(binary),
        CallSpec call => Call(call),
        _ => throw new ArgumentException("unknown expression " + expression.GetType().Name, nameof(expression)),
    };

    /// <summary>A vector or a number, but no matrix.</summary>
    public Operand? ReadValue(ExpressionSpec expression)
    {
        var operand = Read(expression);
        return operand is { IsMatrix: true } matrix ? Lone(matrix, expression.Place) : operand;
    }

    /// <summary>One of <c>+ - * /</c> on two values, at least one of which may be a number.</summary>
    public Operand? Combine(char op, Operand left, Operand right, Place place)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return op == '/' && left.Kind == NumberKind.Integer && right.Kind == NumberKind.Integer
                ? Fail(Descriptors.IntegerDivision, place, Text(left))
                : Folding.Combine(op, left, right);
        }

        if (left.IsVector && right.IsVector && left.Dimension != right.Dimension)
        {
            return Fail(Descriptors.Dimensions, place, $"'{op}'", left.ToString(), right.ToString());
        }

        var operation = op switch
        {
            '+' => Operation.Add,
            '-' => Operation.Subtract,
            '*' => Operation.Multiply,
            _ => Operation.Divide,
        };
        return Elementwise(operation, left, right, place);
    }

    private Operand? Name(NameSpec name)
    {
        if (scope.Read(name.Name) is { } value)
        {
            return value;
        }

        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == name.Name)
            {
                return fields[i].Type.IsVector
                    ? Operand.Vector(
                        graph.Add(Operation.Parameter, fields[i].Type.Rows.Name, i, name: name.Name), fields[i].Type.Rows.Name)
                    : Operand.Matrix(i);
            }
        }

        return Fail(Descriptors.UnknownName, name.Place, name.Name);
    }

    private Operand? Negate(NegateSpec negate) => ReadValue(negate.Operand) switch
    {
        null => null,
        { IsNumber: true } number => Folding.Negate(number),
        { } vector => Operand.Vector(graph.Add(Operation.Negate, vector.Dimension, vector.Index), vector.Dimension),
    };

    private Operand? Binary(BinarySpec binary)
    {
        var left = binary.Operator == '*' ? Read(binary.Left) : ReadValue(binary.Left);
        var right = ReadValue(binary.Right);
        if (left is not { } l || right is not { } r)
        {
            return null;
        }

        return l.IsMatrix ? Product(l, r, binary) : Combine(binary.Operator, l, r, binary.Place);
    }

    private Operand? Product(Operand matrix, Operand vector, BinarySpec binary)
    {
        var (rows, columns) = (fields[matrix.Index].Type.Rows.Name, fields[matrix.Index].Type.Columns!.Name);
        return !vector.IsVector ? Lone(matrix, binary.Left.Place)
            : vector.Dimension != columns
                ? Fail(Descriptors.Dimensions, binary.Place, $"'{fields[matrix.Index].Name}'", $"Vec<{columns}>", vector.ToString())
            : Operand.Vector(graph.Add(Operation.Product, rows, matrix.Index, vector.Index), rows);
    }

    private Operand? Call(CallSpec call)
    {
        var arguments = call.Arguments.Select(ReadValue).ToList();
        if (arguments.Contains(null))
        {
            return null;
        }

        var first = arguments[0]!.Value;
        var second = arguments.Count == 2 ? arguments[1]!.Value : first;
        if (first.IsNumber && second.IsNumber)
        {
            return Fail(Descriptors.Dimensions, call.Place, call.Function, "a vector", "a number");
        }

        if (first.IsVector && second.IsVector && first.Dimension != second.Dimension)
        {
            return Fail(Descriptors.Dimensions, call.Place, call.Function, first.ToString(), second.ToString());
        }

        var function = FunctionTable.Named(call.Function)!;
        return function.Arity == 2
            ? Elementwise(function.Operation, first, second, call.Place)
            : Operand.Vector(
                function.Formula is { } formula
                    ? formula(new Quantity(graph, first.Index)).Node
                    : graph.Unary(function.Operation, first.Index),
                first.Dimension);
    }

    private Operand? Elementwise(Operation operation, Operand left, Operand right, Place place)
    {
        var dimension = left.IsVector ? left.Dimension : right.Dimension;
        return Node(left, place) is { } a && Node(right, place) is { } b
            ? Operand.Vector(graph.Add(operation, dimension, a, b), dimension)
            : null;
    }

    private int? Node(Operand operand, Place place)
    {
        if (operand.IsVector)
        {
            return operand.Index;
        }

        if (!Folding.IsUsable(operand))
        {
            Fail(Descriptors.Number, place, Text(operand));
            return null;
        }

        return graph.Constant(operand.Value);
    }

    private Operand? Lone(Operand matrix, Place place) => Fail(Descriptors.Matrix, place, fields[matrix.Index].Name);

    private Operand? Fail(DiagnosticDescriptor descriptor, Place place, params string[] arguments)
    {
        problems.Add(Problem.Of(descriptor, place, arguments));
        return null;
    }

    private static string Text(Operand number) => number.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
