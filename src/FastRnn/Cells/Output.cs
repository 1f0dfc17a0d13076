using FastRnn.Language;

namespace FastRnn.Cells;

/// <summary>The dimension of the output of a <see cref="Jordan"/> cell; its size is the second number of the layer.</summary>
public abstract class Output : IDimension;
