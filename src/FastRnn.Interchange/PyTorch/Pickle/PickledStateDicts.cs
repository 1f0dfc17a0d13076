namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>Finds the state dict in what was pickled: a checkpoint is often
/// <c>{"epoch": 3, "state_dict": {...}, "optimizer": ...}</c>.</summary>
internal static class PickledStateDicts
{
    private const int Deepest = 8;
    private const int LongestWay = 200;

    /// <summary>The dictionaries that hold tensors themselves, with the way to each: <c>state_dict</c>, empty for the outermost. If some of
    /// them hold weights of recurrent layers, only those.</summary>
    public static IReadOnlyList<(string Way, PickleDictionary Dictionary)> Find(object? root)
    {
        var found = new List<(string, PickleDictionary)>();
        Walk(root, "", 0, [], found);
        var recurrent = found.FindAll(one => one.Item2.Items.Any(item => item is { Key: string name, Value: PickleTensor }
            && name.Contains("weight_hh", StringComparison.Ordinal)));
        return recurrent.Count > 0 ? recurrent : found;
    }

    private static void Walk(
        object? value, string way, int depth, HashSet<object> seen, List<(string Way, PickleDictionary Dictionary)> found)
    {
        if (value is not PickleDictionary dictionary || depth > Deepest || !seen.Add(dictionary))
            return;
        if (dictionary.Items.Any(item => item.Value is PickleTensor))
            found.Add((way, dictionary));
        foreach (var (key, inner) in dictionary.Items)
        {
            if (inner is PickleDictionary)
                Walk(inner, Join(way, $"{key}"), depth + 1, seen, found);
        }
    }

    private static string Join(string way, string key)
    {
        var joined = way.Length == 0 ? key : $"{way}.{key}";
        return joined.Length <= LongestWay ? joined : joined[..LongestWay];
    }
}
