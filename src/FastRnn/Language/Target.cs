namespace FastRnn.Language;

/// <summary>The dimension of what a <see cref="LossAttribute"/> class compares: the numbers of a position's target.</summary>
public abstract class Target : IDimension;
