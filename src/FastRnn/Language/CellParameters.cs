using System.ComponentModel;

namespace FastRnn.Language;

/// <summary>placeholder</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed class CellParameters;
