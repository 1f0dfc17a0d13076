using System.ComponentModel;
using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>The number 4 as a type argument (<see cref="Count1"/>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 4)]
public readonly struct Count4;
