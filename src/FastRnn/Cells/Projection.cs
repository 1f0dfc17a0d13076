using FastRnn.Language;

namespace FastRnn.Cells;

/// <summary>The dimension of the output of a <see cref="ProjectedLstm"/>; its size is the second number of the layer.</summary>
public abstract class Projection : IDimension;
