namespace FastRnn.Files;

/// <summary>All that is wrong with the tensors of a file, said in one message.</summary>
internal sealed class TensorProblems(SafeTensorsReader file, IReadOnlyList<ModelTensor> tensors, TensorMatch match)
{
    /// <summary>Names of one kind that a message has room for.</summary>
    private const int Most = 5;

    /// <summary>Tensors whose names are looked at for a prefix: a file may have any number.</summary>
    private const int MostCandidates = 1000;

    private readonly List<string> problems = [];

    /// <summary>Tensors of which one thing is wrong.</summary>
    public void Add(IReadOnlyList<string> names, string what)
    {
        if (names.Count > 0)
            problems.Add($"{(names.Count == 1 ? "tensor" : "tensors")} {List(names)} {what}");
    }

    /// <summary>Whole sentences about tensors.</summary>
    public void Add(IReadOnlyList<string> sentences)
    {
        if (sentences.Count > 0)
            problems.Add($"tensors {List(sentences, "; tensors ")}");
    }

    /// <summary>Tensors that are missing, and where they are if they stand behind a prefix.</summary>
    public void AddMissing(TensorNames names)
    {
        var missing = tensors.Where(tensor => !tensor.IsOptional && match.Find(tensor.Name) is null)
            .Select(tensor => $"'{tensor.Name}' {TensorEntry.Format(tensor.Shape)}").ToList();
        Add(missing, missing.Count == 1 ? "is missing" : "are missing");
        if (missing.Count > 0 && Prefix(names) is { } hint)
            problems.Add(hint);
    }

    /// <summary>Tensors that are none of the model's.</summary>
    public void AddUnknown() => Add([.. match.Others.Select(name => $"'{TensorMatch.Text(name)}'")],
        $"{(match.Others.Count == 1 ? "is" : "are")} unknown to the model: expected {string.Join(", ", tensors.Select(t => t.Name))}");

    /// <summary>Tensors that are there and do not fit.</summary>
    public void AddShapes()
    {
        var (shapes, types, scales) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var tensor in tensors)
        {
            if (match.Find(tensor.Name) is not { } entry)
                continue;

            if (!entry.Shape.SequenceEqual(tensor.Shape))
            {
                shapes.Add($"tensor '{TensorMatch.Text(entry.Name)}': expected the shape {TensorEntry.Format(tensor.Shape)}, "
                    + $"got {TensorEntry.Format(entry.Shape)}");
            }

            var isMatrix = Int8Tensors.IsMatrix(entry);
            if (isMatrix && Int8Tensors.Problem(entry, match.FindScale(tensor.Name)) is { } problem)
                scales.Add(problem);

            // Somebody multiplied by it: numbers without it would be others.
            if (!isMatrix && file.Find(entry.Name + Int8Tensors.Suffix) is { } scale && match.Others.Contains(scale.Name))
                scales.Add($"tensor '{TensorMatch.Text(scale.Name)}': expected the scales of a matrix of I8, which is {entry.Type}");

            if (!isMatrix && !TensorConversion.CanRead(entry.Type))
                types.Add($"tensor '{TensorMatch.Text(entry.Name)}': expected F32 (or F64, F16, BF16), got {entry.Type}");
        }

        foreach (var wrong in (List<string>[])[shapes, types, scales])
        {
            if (wrong.Count > 0)
                problems.Add(List(wrong, "; "));
        }
    }

    /// <summary>Refuses the file if there was anything.</summary>
    /// <exception cref="ModelFileException">There was.</exception>
    public void Throw()
    {
        if (problems.Count > 0)
            throw new ModelFileException(file.Path, string.Join("; ", problems));
    }

    /// <summary>What to say if all that the model needs stands in the file behind one prefix.</summary>
    private string? Prefix(TensorNames names)
    {
        var needed = tensors.Where(tensor => !tensor.IsOptional).ToList();
        var prefixes = file.Tensors.Take(MostCandidates).Where(entry => entry.Name.EndsWith(needed[0].Name, StringComparison.Ordinal))
            .Select(entry => entry.Name[..^needed[0].Name.Length])
            .Where(prefix => prefix != names.Prefix && needed.All(tensor =>
                file.Find(prefix + tensor.Name) is { } entry && entry.Shape.SequenceEqual(tensor.Shape)))
            .OrderBy(prefix => prefix.Length).ThenBy(prefix => prefix, StringComparer.Ordinal).ToList();
        if (prefixes.Count == 0)
            return null;

        var found = prefixes[0];
        var isAll = tensors.Count(tensor => file.Find(found + tensor.Name) is not null) == file.Tensors.Count;
        return $"all of them are there {(found.Length == 0 ? "without a prefix" : $"behind the prefix '{TensorMatch.Text(found)}'")}: "
            + $"pass new TensorNames {{ Prefix = \"{TensorMatch.Text(found)}\"{(isAll ? "" : ", AllowExtra = true")} }}";
    }

    private static string List(IReadOnlyList<string> items, string separator = ", ") =>
        string.Join(separator, items.Take(Most)) + (items.Count > Most ? $" and {items.Count - Most} more" : "");
}
