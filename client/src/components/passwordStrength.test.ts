import { describe, expect, it } from 'vitest';
import { passwordStrength } from './passwordStrength.ts';

describe('password strength', () => {
  it('says nothing about an empty field', () => {
    expect(passwordStrength('')).toBe(0);
  });

  it('calls short, repeated, counted and common passwords easy to guess', () => {
    for (const weak of [
      'kT9!x',
      'aaaaaaaaaaaa',
      '1234567890',
      'abababababab',
      'Password2026!',
      'йцукенгшщз',
    ]) {
      expect(passwordStrength(weak), weak).toBe(1);
    }
  });

  it('wants more than ten small letters', () => {
    expect(passwordStrength('lanternfog')).toBe(2);
  });

  it('calls a long phrase or a mixed password good, and a long mixed one strong', () => {
    expect(passwordStrength('harbourlantern')).toBe(3);
    expect(passwordStrength('Lantern-49x')).toBe(3);
    expect(passwordStrength('сорок два паруса в тумане')).toBe(4);
    expect(passwordStrength('v8#Kq2!mZr7&Lx')).toBe(4);
  });
});
