using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Files;

/// <summary>What was met while a file was read: everything that is not understood (so that all of it is told at once), every assumption,
/// and where each tensor went.</summary>
internal sealed class Findings
{
    private readonly List<string> problems = [];
    private readonly List<string> assumptions = [];
    private readonly List<TensorUse> uses = [];

    /// <summary>What is not understood. If there is anything, the import fails and nothing is written.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>What the file leaves open and how it was read: which dialect, which default.</summary>
    public IReadOnlyList<string> Assumptions => assumptions;

    /// <summary>Where tensors went.</summary>
    public IReadOnlyList<TensorUse> Uses => uses;

    /// <summary>Notes what is not understood: name, place, shape, and what would help.</summary>
    public void Problem(string text)
    {
        if (!problems.Contains(text))
            problems.Add(text);
    }

    /// <summary>Notes an assumption, once.</summary>
    public void Assume(string text)
    {
        if (!assumptions.Contains(text))
            assumptions.Add(text);
    }

    /// <summary>Notes what was met before there were findings.</summary>
    public void Add(IEnumerable<string> problems, IEnumerable<string> assumptions)
    {
        foreach (var problem in problems)
            Problem(problem);
        foreach (var assumption in assumptions)
            Assume(assumption);
    }

    /// <summary>Notes where a tensor went: "weight_ih of layer 0", "shape arithmetic".</summary>
    public void Use(FileTensor tensor, string destination) => uses.Add(new TensorUse(tensor, destination));
}
