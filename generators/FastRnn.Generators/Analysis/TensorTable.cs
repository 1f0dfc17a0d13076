using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>The tensors that a cell has in a weights file: those that attributes name, or one for each parameter.</summary>
internal static class TensorTable
{
    public static EquatableArray<TensorSpec> Build(CellSpec cell, List<Problem> problems)
    {
        if (cell.Tensors.Count == 0)
        {
            return new(cell.Fields.Select(f => new TensorSpec(f.Name, new([f.Name]))));
        }

        var names = new HashSet<string>();
        var stored = cell.Fields.ToDictionary(f => f.Name, _ => 0);
        foreach (var tensor in cell.Tensors)
        {
            if (Mistake(tensor, cell.Fields) is { } mistake)
            {
                problems.Add(Problem.Of(Descriptors.TensorShape, tensor.Place, tensor.Name, mistake));
            }
            else if (!names.Add(tensor.Name))
            {
                problems.Add(Problem.Of(Descriptors.TensorShape, tensor.Place, tensor.Name, "there is another one of its name"));
            }

            foreach (var part in tensor.Parts)
            {
                if (!stored.ContainsKey(Plain(part)))
                {
                    problems.Add(Problem.Of(Descriptors.TensorPart, tensor.Place, tensor.Name, Plain(part)));
                }
                else if (!IsFolded(part))
                {
                    stored[part]++;
                }
            }
        }

        // A name that is not known explains what it leaves out.
        if (problems.Count == 0)
        {
            problems.AddRange(cell.Fields.Where(f => stored[f.Name] != 1).Select(f => Problem.Of(
                Descriptors.TensorCover, f.Place, f.Name, stored[f.Name] == 0 ? "nowhere" : "more than once")));
        }

        return new(cell.Tensors.Select(t => new TensorSpec(t.Name, t.Parts)));
    }

    private static bool IsFolded(string part) => part.StartsWith("+", StringComparison.Ordinal);

    private static string Plain(string part) => IsFolded(part) ? part.Substring(1) : part;

    private static string? Mistake(StoredTensorSpec tensor, EquatableArray<FieldSpec> fields)
    {
        if (tensor.Name.Length is 0 or > 200 || !tensor.Name.All(IsNameCharacter))
        {
            return "its name must be made of ASCII letters, digits, '_', '.' and '-'";
        }

        if (tensor.Parts.Count == 0)
        {
            return "it has no parts";
        }

        var columns = fields.Where(f => tensor.Parts.Any(p => Plain(p) == f.Name)).Select(f => f.Type.Columns?.Name).Distinct();
        return columns.Count() > 1 ? "parts stacked by rows must have the same columns" : null;
    }

    private static bool IsNameCharacter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '-';
}
