using System.ComponentModel;
using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>The number 5 as a type argument (<see cref="Count1"/>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 5)]
public readonly struct Count5;
