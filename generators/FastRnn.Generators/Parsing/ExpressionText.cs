namespace FastRnn.Generators.Parsing;

/// <summary>Writes expressions and statements as the user wrote them, with white space of our own: on one line, without comments.</summary>
internal static class ExpressionText
{
    public static string Of(StatementSpec statement) =>
        statement.Operator == '='
            ? $"{Identifier.Escape(statement.Target)} = {Of(statement.Value)}"
            : $"{Identifier.Escape(statement.Target)} {statement.Operator}= {Of(statement.Value)}";

    public static string Of(ExpressionSpec expression) => expression switch
    {
        NameSpec name => Identifier.Escape(name.Name),
        NumberSpec number => number.Text,
        GroupSpec group => $"({Of(group.Inner)})",

        // Two minus signs side by side would be another operator.
        NegateSpec { Operand: NegateSpec } negate => $"- {Of(negate.Operand)}",
        NegateSpec negate => $"-{Of(negate.Operand)}",
        BinarySpec binary => $"{Of(binary.Left)} {binary.Operator} {Of(binary.Right)}",
        CallSpec call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Of))})",
        _ => throw new ArgumentException("unknown expression " + expression.GetType().Name, nameof(expression)),
    };
}
