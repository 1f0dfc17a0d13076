using System.Text;

namespace FastRnn.Generators.Tests.Fuzz;

/// <summary>Writes random cells that are right: every dimension fits, every parameter and local variable is used.</summary>
internal sealed class RandomCell
{
    private static readonly string[] FieldNames =
        ["W", "U", "b", "@class", "σ", "parameters", "result", "states", "FastRnn", "Wx_1", "@return"];
    private static readonly string[] LocalNames = ["i", "f", "@new", "field", "value", "τ", "z", "global", "record", "o"];
    private static readonly string[] StateNames = ["h", "c", "@event", "m"];
    private static readonly string[] Functions =
        ["Sigmoid", "Tanh", "Relu", "LeakyRelu", "Softplus", "HardSigmoid", "HardTanh", "Exp", "Log", "Functions.Sqrt", "Square<{0}>",
            "Abs",
            "Sum", "Mean", "LayerNorm"];
    private static readonly string[] Numbers = ["1", "0.5", "2f", "1e-3", "(1 - 0.25)", "-1", "0x10", "1_000", "3L", "(2.0 / 3)"];

    private readonly Random random;
    private readonly string name;
    private readonly bool isSmooth;
    private readonly List<string> dimensions = ["Input", "Hidden"];
    private readonly List<(string Name, string Rows, string Columns)> fields = [];
    private readonly List<(string Name, string Dimension)> variables = [];
    private readonly HashSet<string> unread = [];

    private RandomCell(Random random, string name, bool isSmooth) => (this.random, this.name, this.isSmooth) = (random, name, isSmooth);

    /// <summary>The text of a cell and of its dimensions, and how many of these there are.</summary>
    public static (string Text, int OwnDimensions) Write(Random random, string name) => new RandomCell(random, name, false).Write();

    /// <summary>The same without kinks and poles, so that differences tell the gradient.</summary>
    public static (string Text, int OwnDimensions) WriteSmooth(Random random, string name) => new RandomCell(random, name, true).Write();

    private (string Text, int OwnDimensions) Write()
    {
        for (var i = random.Next(3); i > 0; i--)
        {
            dimensions.Add($"{name}Part{i}");
        }

        var states = StateNames.Take(1 + random.Next(3)).Select(s => (Name: s, Dimension: Pick(dimensions))).ToList();
        variables.Add(("x", "Input"));
        variables.AddRange(states);

        // A dimension must appear in a field or state to be one of the cell.
        var body = new StringBuilder();
        foreach (var own in dimensions.Skip(2))
        {
            Declare(body, own);
        }

        for (var i = random.Next(4); i > 0; i--)
        {
            Declare(body, Pick(dimensions));
        }

        var results = Results(body, states);
        var returns = states.Count == 1 ? results[0] : $"({string.Join(", ", results)})";
        var type = states.Count == 1
            ? $"Vec<{states[0].Dimension}>" : $"({string.Join(", ", states.Select(s => $"Vec<{s.Dimension}> {s.Name}"))})";
        var taken = string.Concat(states.OrderBy(_ => random.Next()).Select(s => $", Vec<{s.Dimension}> {s.Name}"));
        return (
            string.Concat(dimensions.Skip(2).Select(d => $"public abstract class {d} : IDimension;\n"))
            + $"[Cell] public sealed partial class {name}\n{{\n"
            + string.Concat(fields.Select(
                f => $"    private readonly {(f.Columns.Length == 0 ? $"Vec<{f.Rows}>" : $"Mat<{f.Rows}, {f.Columns}>")} {f.Name};\n"))
            + $"    public {type} Step(Vec<Input> x{taken})\n    {{\n{body}        return {returns};\n    }}\n}}\n",
            dimensions.Count - 2);
    }

    private void Declare(StringBuilder body, string dimension)
    {
        if (variables.Count >= LocalNames.Length)
        {
            return;
        }

        var local = LocalNames[variables.Count];
        body.Append($"        {(random.Next(2) == 0 ? "var" : $"Vec<{dimension}>")} {local} = {Expression(dimension, 3)};\n");
        variables.Add((local, dimension));
        unread.Add(local);
    }

    private List<string> Results(StringBuilder body, List<(string Name, string Dimension)> states)
    {
        var results = states.Select(s => Expression(s.Dimension, 2)).ToList();

        // Whatever has not been read yet, the input included, goes into the first state.
        foreach (var variable in variables.Where(v => unread.Contains(v.Name) || v.Name == "x").ToList())
        {
            results[0] += " + " + Product(states[0].Dimension, variable);
        }

        for (var i = 0; i < states.Count; i++)
        {
            // One state is assigned as users like to write it; the others' expressions must still see its old value.
            if (i == states.Count - 1 && random.Next(2) == 0)
            {
                body.Append($"        {states[i].Name} {(random.Next(3) == 0 ? "*" : "")}= {results[i]};\n");
                results[i] = states[i].Name;
            }
        }

        return results;
    }

    private string Expression(string dimension, int depth)
    {
        if (depth == 0)
        {
            return Leaf(dimension);
        }

        if (isSmooth)
        {
            return random.Next(6) switch
            {
                0 => $"{Term(dimension, depth)} + {Expression(dimension, depth - 1)}",
                1 => $"{Term(dimension, depth)} - {Term(dimension, depth)}",
                2 => $"Sigmoid({Expression(dimension, depth - 1)}) * ({Leaf(dimension)})",
                3 => $"{Pick(["Mean", "0.125 * Sum"])}({Expression(dimension, depth - 1)})",
                _ => $"{Pick(["Tanh", "Sigmoid", "Softplus"])}({Expression(dimension, depth - 1)})",
            };
        }

        return random.Next(9) switch
        {
            0 or 1 => $"{Term(dimension, depth)} + {Expression(dimension, depth - 1)}",
            2 => $"{Term(dimension, depth)} - {Term(dimension, depth)}",
            3 => $"({Expression(dimension, depth - 1)}) {(random.Next(2) == 0 ? "*" : "/")} ({Leaf(dimension)})",
            4 => $"{Pick(Numbers)} {Pick(["+", "-", "*", "/"])} ({Leaf(dimension)})",
            5 => $"{Pick(["Min", "Max"])}({Expression(dimension, depth - 1)}, {(random.Next(2) == 0 ? Pick(Numbers) : Leaf(dimension))})",
            6 => $"-({Leaf(dimension)})",
            _ => $"{Pick(Functions).Replace("{0}", dimension, StringComparison.Ordinal)}({Expression(dimension, depth - 1)})",
        };
    }

    private string Term(string dimension, int depth) =>
        random.Next(2) == 0 ? Leaf(dimension) : $"({Expression(dimension, depth - 1)})";

    private string Leaf(string dimension)
    {
        var same = variables.Where(v => v.Dimension == dimension).ToList();
        if (same.Count > 0 && random.Next(3) > 0)
        {
            var variable = same[random.Next(same.Count)];
            unread.Remove(variable.Name);
            return variable.Name;
        }

        return random.Next(3) == 0 ? Field(dimension, "") : Product(dimension, variables[random.Next(variables.Count)]);
    }

    private string Product(string dimension, (string Name, string Dimension) variable)
    {
        unread.Remove(variable.Name);
        return $"{Field(dimension, variable.Dimension)} * {variable.Name}";
    }

    private string Field(string rows, string columns)
    {
        var known = fields.Where(f => f.Rows == rows && f.Columns == columns).ToList();
        if (known.Count > 0 && random.Next(2) == 0)
        {
            return known[random.Next(known.Count)].Name;
        }

        var field = fields.Count < FieldNames.Length ? FieldNames[fields.Count] : $"W{fields.Count}";
        fields.Add((field, rows, columns));
        return field;
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
