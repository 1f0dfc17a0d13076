using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>The list of one head.</summary>
/// <param name="Output">What begins it.</param>
/// <param name="Items">What follows, the loss as well.</param>
internal sealed record HeadPart(OutputSpec Output, IReadOnlyList<AttributeSpec> Items)
{
    /// <summary>Its losses: one, in a model that is right.</summary>
    public IReadOnlyList<LossSpec> Losses { get; } = Items.OfType<LossSpec>().ToList();

    /// <summary>What is computed before the loss.</summary>
    public IReadOnlyList<AttributeSpec> Layers { get; } = Items.Where(item => item is not LossSpec).ToList();

    /// <summary>Whether it puts out one vector a sequence.</summary>
    public bool Pools => Items.Any(item => item is PoolSpec);

    /// <summary>The heads of a list, from its first <see cref="OutputSpec"/> on.</summary>
    public static IReadOnlyList<HeadPart> Of(IReadOnlyList<AttributeSpec> items)
    {
        var heads = new List<HeadPart>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is OutputSpec output)
            {
                heads.Add(new(output, items.Skip(i + 1).TakeWhile(item => item is not OutputSpec).ToList()));
            }
        }

        return heads;
    }
}
