using System.Globalization;
using System.Text;

using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Generators.Parsing;

/// <summary>Writes a cell as C# that <see cref="CellReader"/> understands without a compiler beside it: aliases are resolved, comments
/// and members that are no part of the equations are gone.</summary>
internal static class CellText
{
    public static string Of(CellSpec cell)
    {
        var text = new StringBuilder();
        foreach (var tensor in cell.Tensors)
        {
            var strings = tensor.Parts.Prepend(tensor.Name).Select(s => SymbolDisplay.FormatLiteral(s, quote: true));
            text.Append("[StoredTensor(").Append(string.Join(", ", strings)).Append(")]\n");
        }

        text.Append("public sealed partial class ").Append(cell.Class.Name).Append("\n{\n");
        foreach (var field in cell.Fields)
        {
            text.Append("    ").Append(Initializer(field)).Append("private readonly ")
                .Append(Type(field.Type)).Append(' ').Append(Identifier.Escape(field.Name)).Append(";\n");
        }

        Step(text, cell.Step);
        return text.Append("}\n").ToString();
    }

    private static string Initializer(FieldSpec field) =>
        field.Initializer is null
            ? ""
            : $"[Initialize(Initializer.{field.Initializer}, {field.InitializerValue.ToString("R", CultureInfo.InvariantCulture)}d)] ";

    private static void Step(StringBuilder text, StepSpec step)
    {
        var returned = step.Returned.Select(Carried).ToList();
        var type = returned.Count == 1 ? Type(step.Returned[0].Type) : $"({string.Join(", ", returned)})";
        var taken = step.Taken.Select(Carried).Prepend($"Vec<Input> {Identifier.Escape(step.Input)}");
        text.Append("\n    public ").Append(type).Append(" Step(").Append(string.Join(", ", taken)).Append(")\n    {\n");
        foreach (var statement in step.Statements)
        {
            text.Append("        ").Append(Declaration(statement)).Append(ExpressionText.Of(statement)).Append(";\n");
        }

        var results = string.Join(", ", step.Results.Select(ExpressionText.Of));
        text.Append("        return ").Append(step.Results.Count == 1 ? results : $"({results})").Append(";\n    }\n");
    }

    private static string Declaration(StatementSpec statement) => statement switch
    {
        { Declares: false } => "",
        { Type: "" } => "var ",
        { Type: StatementSpec.Number } => "double ",
        _ => $"Vec<{Identifier.Escape(statement.Type)}> ",
    };

    private static string Carried(CarriedSpec carried) => $"{Type(carried.Type)} {Identifier.Escape(carried.Name)}";

    private static string Type(VectorType type) => type.Columns is null
        ? $"Vec<{Identifier.Escape(type.Rows.Name)}>"
        : $"Mat<{Identifier.Escape(type.Rows.Name)}, {Identifier.Escape(type.Columns.Name)}>";
}
