namespace FastRnn.Interchange.Networks;

/// <summary>Multiplies each number by a constant. At the beginning, before the first layer, it changes what a <see cref="SkipLayer"/>
/// adds, too.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Factor">The constant.</param>
internal sealed record ScaleLayer(string Name, double Factor) : NetworkLayer(Name);
