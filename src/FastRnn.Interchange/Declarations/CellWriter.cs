using System.Text;

using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Declarations;

/// <summary>A dialect's cell as C#, written as a person would write it: fields, then the equations of one step.</summary>
internal sealed class CellWriter(CellDialect dialect, string name)
{
    private readonly List<string> equations = [];

    /// <summary>The class.</summary>
    /// <exception cref="ForeignFileException">A function cannot be said in the language.</exception>
    public string Write()
    {
        var (state, gates) = dialect.Kind switch
        {
            RecurrentKind.Lstm => (dialect.HasProjection ? "Projection" : "Hidden", dialect.Couples ? "i g o" : "i f g o"),
            RecurrentKind.Gru => ("Hidden", "r z n"),
            _ => ("Hidden", ""),
        };
        var letters = gates.Split(' ');
        var text = new StringBuilder();
        text.AppendLine($"/// <summary>{Summary()}</summary>");
        text.AppendLine("[Cell]").AppendLine($"public sealed partial class {name}").AppendLine("{");
        text.AppendLine($"    private readonly Mat<Hidden, Input> {Fields("W", letters)};");
        text.AppendLine($"    private readonly Mat<Hidden, {state}> {Fields("U", letters)};");
        if (dialect.HasPeepholes)
            text.AppendLine($"    private readonly Vec<Hidden> {Fields("p", [.. letters.Where(g => g != "g")])};");
        if (dialect.HasBias)
            text.AppendLine($"    private readonly Vec<Hidden> {Fields("b", letters)}{(dialect.ResetsAfter ? ", cn" : "")};");
        if (dialect.HasProjection)
            text.AppendLine("    private readonly Mat<Projection, Hidden> P;");

        Equations();
        var isLstm = dialect.Kind == RecurrentKind.Lstm;
        var (parameters, result) = isLstm
            ? ($"Vec<Input> x, Vec<{state}> h, Vec<Hidden> c", $"(Vec<{state}> h, Vec<Hidden> c)")
            : ($"Vec<Input> x, Vec<{state}> h", $"Vec<{state}>");
        text.AppendLine().AppendLine("    /// <summary>One step.</summary>");
        text.AppendLine($"    public {result} Step({parameters})").AppendLine("    {");
        foreach (var equation in equations)
            text.AppendLine(equation.Length == 0 ? "" : "        " + equation);
        text.AppendLine($"        return {(isLstm ? "(h, c)" : "h")};").AppendLine("    }").AppendLine("}");
        return text.ToString();
    }

    private static string Fields(string stem, IEnumerable<string> letters) => string.Join(", ", letters.Select(l => stem + l));

    private void Equations()
    {
        switch (dialect.Kind)
        {
            case RecurrentKind.Lstm:
                Lstm();
                break;
            case RecurrentKind.Gru:
                Gru();
                break;
            default:
                Gate("h", "", dialect.Gate, "", isNew: false);
                break;
        }
    }

    private void Lstm()
    {
        Gate("i", "i", dialect.Gate, Peephole("i"));
        if (dialect.Couples)
        {
            equations.Add("var f = 1 - i;");
        }
        else
        {
            Gate("f", "f", dialect.Gate, Peephole("f"));
        }

        Gate("g", "g", dialect.Candidate, "");
        if (!dialect.HasPeepholes)
            Gate("o", "o", dialect.Gate, "");
        equations.Add("");
        equations.Add("c = f * c + i * g;");
        // The output gate's peephole sees the new cell state.
        if (dialect.HasPeepholes)
            Gate("o", "o", dialect.Gate, Peephole("o"));
        var cell = Clipped("c");
        if (FunctionText.ReadsTwice(dialect.Output) && cell != "c")
        {
            equations.Add($"var clipped = {cell};");
            cell = "clipped";
        }

        var output = Apply(dialect.Output, cell);
        equations.Add($"{(dialect.HasProjection ? "var m" : "h")} = o * {Bracket(dialect.Output, output)};");
        if (dialect.HasProjection)
            equations.Add("h = P * m;");
    }

    private void Gru()
    {
        Gate("r", "r", dialect.Gate, "");
        Gate("z", "z", dialect.Gate, "");
        var bias = dialect.HasBias ? " + bn" : "";
        var sum = dialect.ResetsAfter
            ? $"Wn * x{bias} + r * (Un * h{(dialect.HasBias ? " + cn" : "")})"
            : $"Wn * x + Un * (r * h){bias}";
        Assign("n", sum, dialect.Candidate, isNew: true);
        equations.Add("");
        equations.Add("h = (1 - z) * n + z * h;");
    }

    private void Gate(string name, string letter, FunctionUse function, string peephole, bool isNew = true) =>
        Assign(name, $"W{letter} * x + U{letter} * h{peephole}{(dialect.HasBias ? $" + b{letter}" : "")}", function, isNew);

    private void Assign(string name, string sum, FunctionUse function, bool isNew)
    {
        var argument = Clipped(sum);
        if (FunctionText.ReadsTwice(function))
        {
            equations.Add($"var {name}Sum = {argument};");
            argument = name + "Sum";
        }

        equations.Add($"{(isNew ? "var " : "")}{name} = {Apply(function, argument)};");
    }

    private string Clipped(string sum) =>
        dialect.Clip is not { } clip ? sum : $"Max(-{FunctionText.Number(clip)}, Min({FunctionText.Number(clip)}, {sum}))";

    private string Peephole(string letter) => dialect.HasPeepholes ? $" + p{letter} * c" : "";

    private static string Apply(FunctionUse function, string argument) => FunctionText.Of(function, argument)
        ?? throw new ForeignFileException(
            $"the function {function.Kind} with alpha {FunctionText.Number(function.Alpha)} cannot be said in a cell");

    private static string Bracket(FunctionUse function, string text) =>
        function.Kind is FunctionKind.Identity || (text.EndsWith(')') && !text.Contains(" + ", StringComparison.Ordinal))
            ? text
            : $"({text})";

    private string Summary()
    {
        List<string> notes = [];
        if (dialect.Clip is { } clip)
            notes.Add($"the arguments of all functions are cut to {FunctionText.Number(-clip)} to {FunctionText.Number(clip)}");
        if (dialect.Couples)
            notes.Add("the forget gate is 1 - i");
        if (dialect.HasPeepholes)
            notes.Add("with peepholes (Gers and Schmidhuber 2000)");
        if (dialect.HasProjection)
            notes.Add("with a projection (Sak et al. 2014)");
        if (!dialect.HasBias)
            notes.Add("without biases");
        if (dialect.Kind == RecurrentKind.Gru)
            notes.Add(dialect.ResetsAfter ? "the reset gate multiplies the recurrent product" : "the reset gate multiplies the state");
        var what = dialect.Kind switch
        {
            RecurrentKind.Lstm => "Long short-term memory",
            RecurrentKind.Gru => "Gated recurrent unit",
            _ => "A simple recurrent cell",
        };
        return $"{what}, as the imported file has it{(notes.Count == 0 ? "" : ": ")}{string.Join("; ", notes)}.";
    }
}
