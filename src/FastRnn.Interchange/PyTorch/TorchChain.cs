namespace FastRnn.Interchange.PyTorch;

/// <summary>Puts modules in the order in which a model runs them, which a state dict does not say: sizes must chain.</summary>
internal sealed class TorchChain
{
    private const int MostPermuted = 8;
    private const int MostShown = 30;

    private readonly List<string> problems;
    private readonly List<string> assumptions;

    private TorchChain(List<string> problems, List<string> assumptions) => (this.problems, this.assumptions) = (problems, assumptions);

    /// <summary>The order; what could not be told is a problem, and what was guessed an assumption.</summary>
    /// <param name="modules">In the order in which they come in the file.</param>
    /// <param name="keepsOrder">Whether that is the order in which the model was written.</param>
    /// <param name="tokens">Whether there is an embedding; null if that is to be found out.</param>
    /// <param name="problems">Receives what does not fit.</param>
    /// <param name="assumptions">Receives guesses.</param>
    public static IReadOnlyList<TorchModule> Order(
        IReadOnlyList<TorchModule> modules, bool keepsOrder, bool? tokens, List<string> problems, List<string> assumptions)
    {
        var chain = new TorchChain(problems, assumptions);
        if (!modules.OfType<TorchRecurrent>().Any())
        {
            problems.Add(
                "there is no recurrent layer: none of the names is PREFIX.weight_hh_l0 or PREFIX.weight_hh"
                    + (modules.Count == 0 ? "" : $"; found {Words(modules, ", ")}"));
            return modules;
        }

        var before = problems.Count;
        var ordered = chain.Order(chain.WithEmbedding(modules, keepsOrder, tokens), keepsOrder);
        if (problems.Count == before || tokens is not null || ordered[0] is TorchEmbedding)
            return ordered;

        // Nothing fits: perhaps one of the matrices without a bias is an embedding, though neither its name nor its place says so.
        List<string> problemsOfTokens = [];
        List<string> assumptionsOfTokens = [];
        var other = new TorchChain(problemsOfTokens, assumptionsOfTokens);
        var ofTokens = other.Order(other.WithEmbedding(modules, keepsOrder, tokens: true), keepsOrder);
        if (problemsOfTokens.Count > 0)
            return ordered;
        problems.RemoveRange(before, problems.Count - before);
        assumptions.AddRange(assumptionsOfTokens);
        return ofTokens;
    }

    private List<TorchModule> WithEmbedding(IReadOnlyList<TorchModule> modules, bool keepsOrder, bool? tokens)
    {
        List<TorchModule> ordered = [.. modules];
        var first = ordered.FindIndex(m => m is TorchRecurrent);
        var size = ordered[first].InputSize;
        if (tokens == false)
            return ordered;
        bool IsTable(TorchLinear module) => module.Bias is null && module.Weight.Shape[1] == size;
        var candidates = ordered.OfType<TorchLinear>().Where(IsTable).ToList();
        var chosen = candidates.Find(IsNamedEmbedding)
            ?? (tokens == true ? candidates.FirstOrDefault() : null)
            ?? (keepsOrder ? ordered.Take(first).OfType<TorchLinear>().FirstOrDefault(IsTable) : null);
        if (chosen is null)
        {
            if (tokens == true)
                problems.Add($"there is no embedding [Vocabulary, {size}] for {ordered[first].Describe()}");
            return ordered;
        }

        assumptions.Add(
            $"'{chosen.Weight.Name}' {chosen.Weight.ShapeText()} is an embedding that {ordered[first].Describe()} reads, "
                + $"as it has no bias and its rows have that length");

        ordered.Remove(chosen);
        ordered.Insert(0, new TorchEmbedding(chosen.Name, chosen.Weight));
        return ordered;
    }

    private static string Words(IReadOnlyList<TorchModule> modules, string between) =>
        string.Join(between, modules.Take(MostShown).Select(m => m.Describe())) + (modules.Count > MostShown ? $"{between}..." : "");

    private static bool IsNamedEmbedding(TorchLinear module) => module.Name.Contains("emb", StringComparison.OrdinalIgnoreCase);

    private List<TorchModule> Order(List<TorchModule> modules, bool keepsOrder)
    {
        // Recurrent layers before linear ones: what most models do.
        List<TorchModule> usual =
            [.. modules.OfType<TorchEmbedding>(), .. modules.OfType<TorchRecurrent>(), .. modules.OfType<TorchLinear>()];
        var candidates = keepsOrder
            ? new[] { (modules, "of the file"), (usual, "recurrent layers before linear ones") }
            : [(usual, "recurrent layers before linear ones, each by name"), (modules, "of the file")];
        foreach (var (order, words) in candidates)
        {
            if (Misfits(order).Count == 0)
            {
                if (order.Count > 1)
                    assumptions.Add($"the order of the modules is that {words}: {Words(order, " -> ")}");
                return order;
            }
        }

        var found = modules.Count <= MostPermuted ? Fitting(modules) : [];
        if (found.Count == 1)
        {
            assumptions.Add($"the order of the modules is the only one that fits: {Words(found[0], " -> ")}");
            return found[0];
        }

        problems.AddRange(Misfits(candidates[0].Item1));
        if (found.Count > 1)
            problems.Add($"several orders of the modules fit: {Words(modules, ", ")}");
        return modules;
    }

    private static List<string> Misfits(List<TorchModule> order)
    {
        var misfits = new List<string>();
        for (var i = 1; i < order.Count; i++)
        {
            var (before, module) = (order[i - 1], order[i]);
            if (before.OutputSize != module.InputSize)
            {
                misfits.Add(
                    $"{module.Describe()} does not fit behind {before.Describe()}: "
                        + $"expected {module.InputSize} numbers, got {before.OutputSize}");
            }
        }

        return misfits;
    }

    // At most two orders: whether there is one, and whether it is the only one.
    private static List<List<TorchModule>> Fitting(List<TorchModule> modules)
    {
        var found = new List<List<TorchModule>>();
        Extend([], modules);
        return found;

        void Extend(List<TorchModule> begun, List<TorchModule> left)
        {
            if (left.Count == 0)
                found.Add([.. begun]);
            foreach (var module in left)
            {
                if (found.Count > 1 || (begun.Count > 0 && begun[^1].OutputSize != module.InputSize))
                    continue;
                if (begun.Count == 0 && left.Exists(m => m is TorchEmbedding) && module is not TorchEmbedding)
                    continue;
                Extend([.. begun, module], [.. left.Where(m => m != module)]);
            }
        }
    }
}
