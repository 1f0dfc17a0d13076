namespace FastRnn.Files;

/// <summary>Which tensor of a file is which of a model.</summary>
internal sealed class TensorMatch
{
    private readonly Dictionary<string, TensorEntry> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorEntry> scales = new(StringComparer.Ordinal);
    private readonly List<string> others = [];

    /// <summary>Matches names; nothing is read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="tensors">The tensors of the model.</param>
    /// <param name="names">What they are called in the file.</param>
    /// <exception cref="ArgumentException">A name is mapped to one that the model does not have.</exception>
    /// <exception cref="ModelFileException">A tensor is missing or unknown, one that is mapped is not there, two are mapped to one, or one
    /// has another shape or type: the message says all of it.</exception>
    public TensorMatch(SafeTensorsReader file, IReadOnlyList<ModelTensor> tensors, TensorNames names)
    {
        var known = tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        CheckMap(names, known);
        var twice = new List<string>();
        var unused = names.Map.Keys.ToHashSet(StringComparer.Ordinal);
        var found = file.Tensors.Select(entry => (Entry: entry, Name: NameOf(entry.Name, names, unused))).ToList();
        var earlier = Earlier(tensors, found.Select(pair => pair.Name).OfType<string>().ToHashSet(StringComparer.Ordinal));
        foreach (var (entry, got) in found)
        {
            var name = got is null ? null : earlier.GetValueOrDefault(got, got);
            if (name is null || !known.Contains(name))
                others.Add(entry.Name);
            else if (!byName.TryAdd(name, entry))
                twice.Add($"'{Text(byName[name].Name)}' and '{Text(entry.Name)}' are both '{name}'");
        }

        FindScales(file);
        var problems = new TensorProblems(file, tensors, this);
        problems.Add([.. unused.Order(StringComparer.Ordinal).Select(name => $"'{Text(name)}'")], "is mapped, and not in the file");
        problems.Add(twice);
        problems.AddMissing(names);
        problems.AddShapes();
        if (!names.AllowExtra)
            problems.AddUnknown();

        problems.Throw();
    }

    /// <summary>Tensors of the file that are none of the model's.</summary>
    public IReadOnlyList<string> Others => others;

    /// <summary>The tensor of a name of the model, or null.</summary>
    public TensorEntry? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The scales of a matrix of I8 numbers, by its name of the model; null if there are none.</summary>
    public TensorEntry? FindScale(string name) => scales.GetValueOrDefault(name);

    /// <summary>A name of the file as far as a message needs it: it may be a megabyte long.</summary>
    public static string Text(string name) => name.Length <= 80 ? name : name[..80] + "...";

    /// <summary>Scales have no name of the model: they follow their matrix, whatever that is called in the file.</summary>
    private void FindScales(SafeTensorsReader file)
    {
        var unknown = others.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, entry) in byName)
        {
            var scale = entry.Name + Int8Tensors.Suffix;
            if (unknown.Contains(scale) && Int8Tensors.IsMatrix(entry))
                scales.Add(name, file.Find(scale)!);
        }

        if (scales.Count > 0)
        {
            var found = scales.Values.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
            others.RemoveAll(found.Contains);
        }
    }

    /// <summary>The names of 0.1.0 and what they are today, if a file has those and not these.</summary>
    private static Dictionary<string, string> Earlier(IReadOnlyList<ModelTensor> tensors, HashSet<string> found)
    {
        var earlier = EarlierNames.Of(tensors);
        var needed = tensors.Where(tensor => !tensor.IsOptional).Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return !needed.IsSubsetOf(found) && earlier.All(pair => found.Contains(pair.Key) || !needed.Contains(pair.Value)) ? earlier : [];
    }

    /// <summary>What a tensor of the file is called in the model; null if it does not have the prefix.</summary>
    private static string? NameOf(string name, TensorNames names, HashSet<string> unused)
    {
        if (names.Map.TryGetValue(name, out var mapped))
        {
            unused.Remove(name);
            return mapped;
        }

        if (!name.StartsWith(names.Prefix, StringComparison.Ordinal))
            return null;

        var rest = name[names.Prefix.Length..];
        if (names.Map.TryGetValue(rest, out mapped))
        {
            unused.Remove(rest);
            return mapped;
        }

        return rest;
    }

    private static void CheckMap(TensorNames names, HashSet<string> known)
    {
        foreach (var (from, to) in names.Map)
        {
            if (!known.Contains(to))
            {
                throw new ArgumentException(
                    $"Map: '{from}' is to be '{to}', which is no tensor of the model: expected one of {string.Join(", ", known)}",
                    nameof(names));
            }
        }
    }
}
