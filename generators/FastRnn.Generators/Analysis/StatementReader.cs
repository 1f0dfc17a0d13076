using FastRnn.Generators.Algebra;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Walks the statements of a Step: each gives a name another value.</summary>
internal sealed class StatementReader(
    GraphBuilder graph, Scope scope, ExpressionReader expressions, EquatableArray<FieldSpec> fields, List<Problem> problems)
{
    private readonly List<Equation> equations = [];

    public IReadOnlyList<Equation> Equations => equations;

    /// <summary>Whether the statement made sense. After one that did not, those that follow would only complain about it again.</summary>
    public bool Read(StatementSpec statement)
    {
        if (!statement.Declares && !scope.Contains(statement.Target))
        {
            var isField = fields.Any(f => f.Name == statement.Target);
            problems.Add(isField
                ? Problem.Of(Descriptors.Statement, statement.TargetPlace, "an assignment to a parameter")
                : Problem.Of(Descriptors.UnknownName, statement.TargetPlace, statement.Target));
            return false;
        }

        if (expressions.ReadValue(statement.Value) is not { } value
            || Combined(statement, value) is not { } combined
            || Fits(statement, combined) is not { } assigned)
        {
            return false;
        }

        scope.Assign(statement.Target, assigned, statement.TargetPlace);
        Note(ExpressionText.Of(statement), assigned, statement.Target);
        return true;
    }

    /// <summary>Records an equation and the name of its value. Numbers have no line in emitted code.</summary>
    public void Note(string text, Operand value, string name)
    {
        if (value.IsVector)
        {
            graph.Name(value.Index, name);
            equations.Add(new Equation(text, value.Index));
        }
    }

    private Operand? Combined(StatementSpec statement, Operand value) =>
        statement.Operator == '='
            ? value
            : expressions.Combine(statement.Operator, scope.Read(statement.Target)!.Value, value, statement.TargetPlace);

    private Operand? Fits(StatementSpec statement, Operand value)
    {
        if (statement.Declares && statement.Type.Length == 0)
        {
            if (value.IsNumber && value.Kind != NumberKind.Double)
            {
                problems.Add(Problem.Of(
                    Descriptors.Statement, statement.TargetPlace,
                    "a variable of type int or float: numbers are double, such as 1.0"));
                return null;
            }

            return value;
        }

        var wantsNumber = statement.Declares ? statement.Type == StatementSpec.Number : scope.Peek(statement.Target).IsNumber;
        var dimension = statement.Declares ? statement.Type : scope.Peek(statement.Target).Dimension;
        if (wantsNumber ? value.IsNumber : value.IsVector && value.Dimension == dimension)
        {
            return wantsNumber ? Operand.Number(value.Value, NumberKind.Double) : value;
        }

        problems.Add(Problem.Of(
            Descriptors.Dimensions, statement.TargetPlace, $"'{statement.Target}'",
            wantsNumber ? "a number" : $"Vec<{dimension}>", value.ToString()));
        return null;
    }
}
